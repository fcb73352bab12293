import type { DueTime } from '@pm/scheduler-core'
import { randomRunId } from '@pm/scheduler-core/store'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { allDueTimes } from './due-time-check.ts'
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
        notDefined: [],
        backfilled: 0,
      },
    ])
    const { items, manual } = await scheduler.dueTimes('poll', { from: T0 - MINUTE, to: T0 + 12 * MINUTE })
    expect(items.map(inWords)).toEqual([
      '-1 first-known',
      '0 first-known',
      '1 succeeded',
      '2 skipped overlap',
      '3 skipped one',
      '4 suppressed',
      '5 suppressed',
      ...['6 missed', '7 missed', '8 missed', '9 succeeded', '10 will run', '11 will run'],
    ])
    expect(manual).toEqual([])
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
    const { items } = await scheduler.dueTimes('poll', { from: T0 + MINUTE, to: T0 + 5 * MINUTE })
    expect(items.map(inWords)).toEqual(['1 succeeded', '2 pending', '3 pending', '4 will run'])
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
    const { items } = await scheduler.dueTimes('poll', { from: stolen, to: stolen + 1 })
    expect(items).toEqual([{ dueAt: stolen, kind: 'unknown', reason: 'unexplained', later: [] }])
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
    const range = { from: T0, to: T0 + HOUR, limit: 500 }
    const due = await allDueTimes(scheduler, 'poll', { ...range, to: T0 + 1_201 * SECOND })
    expect(due.slice(1).map(inWords)).toEqual(Array.from({ length: 1_200 }, (_, i) => `${(i + 1) / 60} missed`))
    await stage.pass(2 * HOUR)
    const [late] = await scheduler.audit({ from: T0, to: T0 + 3 * HOUR })
    expect(late).toMatchObject({ limitedBy: 'retention', unexplained: [] })
    expect(late?.expected).toBeLessThan(3_600)
    // What is still there is shown, although it may be deleted.
    const [kept] = (await scheduler.dueTimes('poll', { from: T0 + SECOND, to: T0 + 2 * SECOND })).items
    expect(kept).toMatchObject({ kind: 'recorded', entry: { state: 'missed' } })
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
    expect(await second.audit({ from: T0 + 1, to: T0 + HOUR, job: 'late' })).toEqual(audits.slice(1))
    await expect(second.audit({ from: 0, to: 1, job: 'lat' })).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
    for (const range of [
      { from: 1, to: 1 },
      { from: Number.NaN, to: 1 },
      { from: 0, to: Infinity },
    ]) {
      await expect(second.audit(range)).rejects.toMatchObject({ code: 'INVALID_OPTIONS' })
      await expect(second.dueTimes('late', range)).rejects.toMatchObject({ code: 'INVALID_OPTIONS' })
    }
  })

  it('lists due times in pages that cost what they show, under the schedules that held', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {}, { schedule: { kind: 'every', periodMs: SECOND, anchorAt: 0 } })
    await stage.pass(10 * SECOND)
    await scheduler.configureJob('poll', { schedule: { kind: 'every', periodMs: 5 * SECOND } })
    await stage.pass(10 * SECOND)
    const range = { from: T0 + 1, to: T0 + 26 * SECOND }
    const all = (await allDueTimes(scheduler, 'poll', { ...range, limit: 4 })).map(
      ({ dueAt, kind }) => `${(dueAt - T0) / SECOND} ${kind}`,
    )
    const fast = Array.from({ length: 10 }, (_, index) => `${index + 1} recorded`)
    expect(all).toEqual([...fast, '15 recorded', '20 recorded', '25 foreseen'])
    const month = await scheduler.dueTimes('poll', { from: T0, to: T0 + 31 * 24 * HOUR, limit: 2_000 })
    expect(month.items).toHaveLength(2_000)
    expect(month.nextCursor).toEqual(expect.any(String))
    for (const query of [{ limit: 0 }, { limit: 2_001 }, { cursor: 'x' }])
      await expect(scheduler.dueTimes('poll', { ...range, ...query })).rejects.toMatchObject({
        code: 'INVALID_OPTIONS',
      })
    await expect(scheduler.dueTimes('pol', range)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
  })

  it('lists what made up for a due time with it, and manual runs beside', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open((ctx) => {
      if (ctx.scheduledFor === T0 + MINUTE && ctx.trigger === 'schedule') throw new Error('not today')
    })
    await stage.pass(MINUTE)
    await scheduler.runJob('poll')
    await stage.pass(SECOND)
    await scheduler.backfillJob('poll', { from: T0 + MINUTE, to: T0 + MINUTE + 1 })
    await stage.pass(HOUR)
    await scheduler.runJob('poll')
    await stage.pass(0)
    const { items, manual, manualComplete } = await scheduler.dueTimes('poll', { from: T0 + 1, to: T0 + 2 * MINUTE })
    expect(items).toMatchObject([
      { kind: 'recorded', entry: { state: 'failed' }, later: [{ trigger: 'backfill', state: 'succeeded' }] },
    ])
    expect(manual).toMatchObject([{ trigger: 'manual', startedAt: T0 + MINUTE }])
    expect(manualComplete).toBe(true)
  })
}

/** A due time with its minute, and what became of it or will. */
function inWords(due: DueTime): string {
  return `${(due.dueAt - T0) / MINUTE} ${fateInWords(due)}`
}

function fateInWords(due: DueTime): string {
  switch (due.kind) {
    case 'recorded': {
      const reason = due.entry.kind === 'unrun' ? due.entry.reason : null
      return [due.entry.state, due.calendar ?? reason].filter((word) => word !== null).join(' ')
    }
    case 'pending':
      return 'pending'
    case 'foreseen':
      return `will ${due.foreseen.fate}`
    case 'unknown':
      return due.reason
  }
}
