import { createMemoryBackend, type MemorySession } from '@pm/scheduler-core'
import { describeSessionProvider, describeStore } from '@pm/scheduler-testing/conformance'

/** A few random histories here; in the soak lane as many are counted as the bar asks for. */
const histories = process.env['SOAK'] === '1' ? { histories: 1_000, countedHistories: 20_000 } : { histories: 100 }

describeStore('memory', async () => ({ ...createMemoryBackend(), close: async () => {} }), {
  ...histories,
  snapshots: 10_000,
})

describeSessionProvider<MemorySession>('memory', async () => {
  const { sessions, store } = createMemoryBackend()
  const scheduler = 'notebook'
  await sessions.withSession((s) => store.register(s, { scheduler, now: 0, jobs: [] }))
  return {
    sessions,
    async write(session, key) {
      await store.applyCommand(session, { scheduler, now: 0, command: { kind: 'start', by: key, why: null } })
    },
    async read(session) {
      const { items } = await store.listLog(session, { scheduler, limit: 1_000 })
      return items.map(({ by }) => by)
    },
    close: async () => {},
  }
})
