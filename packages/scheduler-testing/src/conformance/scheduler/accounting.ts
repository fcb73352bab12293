import { randomRunId } from '@pm/scheduler-core/store'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { HOUR, MINUTE, minutely, openStage, SECOND, T0 } from './stage.ts'

export function accountsForDueTimes<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('finds every due time explained, and says what became of them', async () => {
    const stage = await openStage(createHarness)
    const gate = Promise.withResolvers<void>()
    const exclude = [{ name: 'one', excludes: (due: number) => due === T0 + 3 * MINUTE }]
    const scheduler = await stage.open((ctx) => (ctx.scheduledFor === T0 + MINUTE ? gate.promise : undefined), {
      exclude,
    })
    await stage.pass(2 * MINUTE)
    gate.resolve()
    await stage.pass(MINUTE + SECOND)
    await scheduler.pause()
    await stage.pass(2 * MINUTE)
    await scheduler.resume()
    await scheduler.stop()
    await stage.pass(3 * MINUTE)
    await scheduler.start()
    await stage.pass(MINUTE)

    expect(await scheduler.audit({ from: T0, to: T0 + HOUR })).toEqual([
      {
        job: 'poll',
        from: T0 + 1,
        to: stage.clock.now() + 1,
        limitedBy: 'first-known',
        expected: 9,
        started: 2,
        skipped: 2,
        suppressed: 2,
        missed: 3,
        pending: 0,
        unexplained: [],
        accountedTwice: 0,
        offSchedule: 0,
        backfilled: 0,
      },
    ])
    const [part] = await scheduler.audit({ from: T0 + 5 * MINUTE, to: T0 + 7 * MINUTE })
    expect(part).toMatchObject({ limitedBy: null, expected: 2, suppressed: 1, missed: 1 })
  })

  it('counts what is due and not decided as pending, and nothing of the future', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await stage.pass(MINUTE)
    await scheduler.close()
    await stage.pass(2 * MINUTE)
    const [audit] = await scheduler.audit({ from: T0 + MINUTE, to: T0 + HOUR })
    expect(audit).toMatchObject({ expected: 3, started: 1, pending: 2, to: T0 + 3 * MINUTE + 1, unexplained: [] })
  })

  it('finds the one due time of which the ledger was robbed', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await stage.pass(2.5 * MINUTE)
    const stolen = T0 + 3 * MINUTE
    await stage.rob(scheduler, stolen)
    await stage.pass(3 * MINUTE)
    const [audit] = await scheduler.audit({ from: T0, to: T0 + HOUR })
    expect(audit).toMatchObject({ expected: 5, started: 4, unexplained: [{ first: stolen, last: stolen, count: 1 }] })
    expect(await scheduler.explain('poll', stolen)).toMatchObject({ kind: 'unknown', reason: 'unexplained' })
  })

  it('reads a long ledger in pages, and does not blame what is older than the retention', async () => {
    const stage = await openStage(createHarness)
    const schedule = { kind: 'every', periodMs: SECOND, anchorAt: 0 } as const
    const scheduler = await stage.open(() => {}, { schedule, with: { retentionMs: HOUR, recentWindowMs: HOUR } })
    await scheduler.close()
    // As many ticks would have written it, at the cost of one.
    const unrun = Array.from({ length: 1_200 }, (_, index) => {
      const due = T0 + (index + 1) * SECOND
      const range = { scheduledFor: due, through: due, dueCount: 1, settledAt: due }
      return { id: randomRunId(), job: 'poll', state: 'missed', reason: null, ...range } as const
    })
    const change = { job: 'poll', cursor: T0 + 20 * MINUTE, unrun, claims: [], cancel: [] }
    await stage.sessions.withSession((session) =>
      stage.store.record(session, { scheduler: scheduler.name, changes: [change] }),
    )
    await stage.pass(20 * MINUTE)
    const [whole] = await scheduler.audit({ from: T0, to: T0 + HOUR })
    expect(whole).toMatchObject({ expected: 1_200, missed: 1_200, unexplained: [] })
    await stage.pass(2 * HOUR)
    const [late] = await scheduler.audit({ from: T0, to: T0 + 3 * HOUR })
    expect(late).toMatchObject({ limitedBy: 'retention', unexplained: [] })
    expect(late?.expected).toBeLessThan(3_600)
  })

  it('judges a job from when it was first known, and refuses a range that is none', async () => {
    const stage = await openStage(createHarness)
    const first = await stage.open(() => {})
    await stage.pass(2 * MINUTE)
    await first.close()
    const second = stage.instance({ jobs: [minutely<S>(() => {}), minutely<S>(() => {}, { name: 'late' })] })
    await second.open()
    await stage.pass(MINUTE)
    const audits = await second.audit({ from: T0 + 1, to: T0 + HOUR })
    expect(audits.map(({ job, expected, limitedBy }) => [job, expected, limitedBy])).toEqual([
      ['poll', 3, null],
      ['late', 1, 'first-known'],
    ])
    for (const range of [
      { from: 1, to: 1 },
      { from: Number.NaN, to: 1 },
      { from: 0, to: Infinity },
    ]) {
      await expect(second.audit(range)).rejects.toMatchObject({ code: 'INVALID_OPTIONS' })
    }
  })
}
