import {
  createMemoryBackend,
  createScheduler,
  every,
  type JobOptions,
  type MemorySession,
  type SessionProvider,
} from '@pm/scheduler-core'
import { createManualClock } from '@pm/scheduler-testing'
import { expect, it } from 'vitest'

const SECOND = 1_000

it('starts a rerun once, also when a tick sees its claim before the sweep has heard of its commit', async () => {
  const { sessions, store } = createMemoryBackend()
  const clock = createManualClock({ startAt: Date.UTC(2025, 8, 16, 2, 0, 0) })
  const committed = Promise.withResolvers<void>()
  const heard = Promise.withResolvers<void>()
  const slowToHear: SessionProvider<MemorySession> = {
    async withSession(work, options) {
      const result = await sessions.withSession(work, options)
      if (options?.unit === 'rescue' && (await isRerunning())) {
        committed.resolve()
        await heard.promise
      }
      return result
    },
  }
  const isRerunning = async () => {
    const query = { scheduler: 'rescue', states: ['running'], limit: 100 } as const
    const { items } = await sessions.withSession((session) => store.listEntries(session, query))
    return items.some((entry) => entry.kind === 'run' && entry.trigger === 'rerun')
  }

  const crashed = instance(cutOff(sessions), () => new Promise(() => {}))
  await crashed.open()
  await clock.advance(10 * SECOND)

  const started: string[] = []
  const next = instance(slowToHear, ({ runId, trigger }) => {
    if (trigger === 'rerun') started.push(runId)
  })
  await next.open()
  await clock.advance(20 * SECOND)
  await committed.promise
  await clock.advance(10 * SECOND)
  heard.resolve()
  await clock.advance(SECOND)

  expect(started.length).toBeGreaterThan(0)
  await next.whenIdle()
  expect(started).toEqual([...new Set(started)])

  function instance(provider: SessionProvider<MemorySession>, handler: Parameters<typeof job>[0]) {
    return createScheduler<MemorySession>({ name: 'rescue', sessions: provider, store, clock, jobs: [job(handler)] })
  }
})

type Handler = JobOptions<MemorySession>['handler']

function job(handler: Handler) {
  return {
    name: 'poll',
    schedule: every({ seconds: 10 }),
    overlapPolicy: 'allow',
    onOrphan: 'rerun',
    retry: { maxAttempts: 2 },
    handler,
  } as const
}

/** The sessions of a process that claims its runs and then reaches the database no more. */
function cutOff(sessions: SessionProvider<MemorySession>): SessionProvider<MemorySession> {
  let ticks = 0
  return {
    async withSession(work, options) {
      if (options?.unit === 'tick') ticks++
      if (ticks > 0 && options?.unit !== 'tick') throw new Error('cut off')
      if (ticks > 2) throw new Error('cut off')
      return sessions.withSession(work, options)
    },
  }
}
