import { createMemoryBackend, cron, every, type LedgerEntry } from '@pm/scheduler-core'
import { createManualScheduler } from '@pm/scheduler-testing'
import { expect, it, onTestFinished } from 'vitest'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const monthly = { name: 'invoices', schedule: cron('0 3 1 * *'), handler: () => {} }

/** A scheduler with a monthly job, how often its store was asked, and the backend. */
async function counted() {
  const { store, sessions: inner } = createMemoryBackend()
  let units = 0
  const sessions: typeof inner = {
    withSession(work, options) {
      units++
      return inner.withSession(work, options)
    },
  }
  const manual = await createManualScheduler({ jobs: [monthly], retentionMs: 365 * DAY, store, sessions })
  onTestFinished(manual.close)
  return { manual, backend: { store, sessions }, units: () => units }
}

it('reaches the next due time of a monthly job in a few rounds, and starts it at its instant', async () => {
  const { manual, units } = await counted()
  for (const month of [9, 10, 11, 12]) {
    expect(await manual.runToNextDue()).toBe(Date.UTC(2025, month, 1, 3))
    expect(manual.clock.now()).toBe(Date.UTC(2025, month, 1, 3))
  }
  const ledger = await manual.ledger()
  expect(ledger.map(({ state }) => state)).toEqual(Array(4).fill('succeeded'))
  expect(ledger.map((entry) => entry.kind === 'run' && entry.latenessMs)).toEqual([0, 0, 0, 0])
  // By real time it would be half a million rounds of the watcher alone.
  expect(units()).toBeLessThan(4 * 500)
})

it('a quiet month is seen to its end: this instance still counts as one that lives', async () => {
  const { manual } = await counted()
  await manual.advance(14 * DAY)
  const { instances, asOf } = await manual.snapshot()
  expect(instances).toHaveLength(1)
  expect(asOf - (instances[0]?.heartbeatAt ?? 0)).toBeLessThan(MINUTE)
})

it('lists the ledger as /runs does', async () => {
  const jobs = [{ name: 'poll', schedule: every({ minutes: 1 }), handler: () => {} }, monthly]
  const manual = await createManualScheduler({ jobs })
  onTestFinished(manual.close)
  await manual.advance(2 * MINUTE)
  await manual.runJob('invoices')
  await manual.advance(3 * MINUTE)
  const idsOf = (entries: readonly LedgerEntry[]) => entries.map(({ id }) => id)
  expect(idsOf(await manual.ledger())).toEqual(idsOf((await manual.scheduler.listRuns()).items))
  expect((await manual.ledger()).map(({ job }) => job)).toEqual(['poll', 'poll', 'poll', 'invoices', 'poll', 'poll'])
})

it('finds the orphan of a process that died, by the sweep at which it would have been found', async () => {
  const gate = Promise.withResolvers<void>()
  const manual = await createManualScheduler({ jobs: [{ ...monthly, handler: () => gate.promise }], sweepMs: 10_000 })
  onTestFinished(manual.close)
  await manual.runToNextDue()
  manual.crash()
  await manual.restart()
  const restartedAt = manual.clock.now()
  await manual.advance(20 * DAY)
  const [entry] = await manual.ledger()
  expect(entry).toMatchObject({ state: 'orphaned' })
  expect((entry?.settledAt ?? 0) - restartedAt).toBeLessThanOrEqual(45_000)
})

it('a command is heard of at the next look of another instance', async () => {
  const { manual, backend } = await counted()
  const other = await createManualScheduler({ jobs: [monthly], clock: manual.clock, ...backend })
  onTestFinished(other.close)
  await manual.advance(10 * DAY)
  await manual.scheduler.pauseJob('invoices')
  await manual.advance(1_000)
  expect((await other.snapshot()).jobs).toMatchObject([{ paused: { until: null } }])
})
