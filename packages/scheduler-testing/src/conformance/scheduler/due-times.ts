import { every, excludeDates } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { fates, HOUR, MINUTE, minutely, openStage, runs, SECOND, T0 } from './stage.ts'

export function keepsItsDueTimes<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('does not run what a calendar excludes, says so, and shows the next run behind it', async () => {
    const stage = await openStage(createHarness)
    const exclude = [{ name: 'lunch', excludes: (due: number) => due > T0 + MINUTE && due < T0 + 4 * MINUTE }]
    const scheduler = await stage.open(() => {}, { exclude })
    await stage.pass(MINUTE)
    expect((await stage.snapshot(scheduler)).scheduler.nextRunAt).toBe(T0 + 4 * MINUTE)
    await stage.pass(3 * MINUTE)
    const ledger = await stage.ledger(scheduler)
    expect(fates(ledger)).toEqual(['1 succeeded', '2 skipped', '3 skipped', '4 succeeded'])
    expect(ledger[1]).toMatchObject({ reason: 'excluded' })
    expect((await stage.snapshot(scheduler)).totals.lifetime).toMatchObject({ skipped_excluded: 2, skipped_overlap: 0 })
  })

  it('starts with jitter at another moment each time, never early and under the name of the due time', async () => {
    const stage = await openStage(createHarness)
    const started: number[] = []
    const scheduler = await stage.open(() => void started.push(stage.clock.now()), { jitterMs: 30 * SECOND })
    const foreseen = await scheduler.preview('poll', 5)
    await stage.pass(6 * MINUTE - 1)
    expect(started).toEqual(foreseen.map(({ startsAt }) => startsAt))
    const delays = started.map((at, index) => at - (T0 + (index + 1) * MINUTE))
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...delays)).toBeLessThanOrEqual(30 * SECOND)
    expect(new Set(delays).size).toBeGreaterThan(1)
    // Lateness counts from the due time: it tells how old the work is that the run does.
    const made = runs(await stage.ledger(scheduler))
    expect(made.map((run) => run.scheduledFor)).toEqual([1, 2, 3, 4, 5].map((minute) => T0 + minute * MINUTE))
    expect(made.map((run) => run.latenessMs)).toEqual(delays)
  })

  it('foresees what becomes of the next due times: they run, are excluded, suppressed by a pause, or missed', async () => {
    const stage = await openStage(createHarness)
    const exclude = [excludeDates({ name: 'NYSE', timezone: 'America/New_York', dates: ['2025-09-16'] })]
    const scheduler = await stage.open(() => {}, { schedule: every({ hours: 1 }), exclude })
    await scheduler.pause({ until: T0 + 1.5 * HOUR })
    const fatesOf = async () => (await scheduler.preview('poll', 3)).map(({ fate, calendar }) => calendar ?? fate)
    expect(await scheduler.preview('poll', 3)).toEqual([
      { dueAt: T0 + HOUR, startsAt: null, fate: 'suppressed' },
      { dueAt: T0 + 2 * HOUR, startsAt: null, fate: 'excluded', calendar: 'NYSE' },
      { dueAt: T0 + 3 * HOUR, startsAt: null, fate: 'excluded', calendar: 'NYSE' },
    ])
    await scheduler.resume()
    expect(await fatesOf()).toEqual(['run', 'NYSE', 'NYSE'])
    await scheduler.stop()
    expect(await fatesOf()).toEqual(['missed', 'NYSE', 'NYSE'])
  })

  it('foresees by a schedule that might be set, from a moment on, as it then comes true', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {}, { schedule: every({ hours: 1, anchorAt: 30 * MINUTE }) })
    await stage.pass(10 * MINUTE)
    const times = async (...given: Parameters<typeof scheduler.preview>) =>
      (await scheduler.preview(...given)).map(({ dueAt }) => (dueAt - T0) / MINUTE)
    expect(await times('poll', 2)).toEqual([30, 90])
    expect(await times('poll', 2, { from: T0 + 90 * MINUTE })).toEqual([90, 150])
    expect(await times('poll', 2, { from: T0 - HOUR })).toEqual([30, 90])
    // An interval without an anchor keeps that of the job's own, as it does when it is set.
    const schedule = { kind: 'every', periodMs: 20 * MINUTE } as const
    const foreseen = await times('poll', 3, { schedule })
    expect(foreseen).toEqual([30, 50, 70])
    expect(await times('poll', 1, { schedule: { kind: 'once', at: T0 } })).toEqual([])
    await scheduler.configureJob('poll', { schedule })
    expect(await times('poll', 3)).toEqual(foreseen)
    const refused = { code: 'INVALID_OPTIONS', details: { path: 'preview.schedule.pattern (hour)' } }
    await expect(times('poll', 1, { schedule: { kind: 'cron', pattern: '0 25 * * *' } })).rejects.toMatchObject(refused)
  })

  it.each([
    // T0 is a Tuesday, 16 September.
    ['a day field that begins with *: both must match', { pattern: '0 0 */1 * 1' }, ['09-22', '09-29', '10-06']],
    ['steps in a day field: both must match', { pattern: '0 0 */2 * 1' }, ['09-29', '10-13', '10-27']],
    ['neither begins with *: one suffices', { pattern: '0 0 20 * 1' }, ['09-20', '09-22', '09-29']],
    ['a nickname', { pattern: '@monthly' }, ['10-01', '11-01', '12-01']],
    ['EventBridge', { pattern: '0 0 ? * 2 *', dialect: 'eventbridge' }, ['09-22', '09-29', '10-06']],
    ['Quartz', { pattern: '0 0 0 ? * 3 *', dialect: 'quartz' }, ['09-23', '09-30', '10-07']],
  ] as const)('reads a cron pattern as it promises: %s', async (_what, given, days) => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await scheduler.configureJob('poll', { schedule: { kind: 'cron', ...given } })
    // Another instance reads what the first one stored.
    const other = await stage.open(() => {})
    for (const each of [scheduler, other]) {
      const foreseen = await each.preview('poll', days.length)
      expect(foreseen.map(({ dueAt }) => new Date(dueAt).toISOString())).toEqual(
        days.map((day) => `2025-${day}T00:00:00.000Z`),
      )
    }
  })

  it('foresees the next due times of all jobs in order, each with its fate', async () => {
    const stage = await openStage(createHarness)
    const slow = { name: 'slow', schedule: every({ minutes: 2, anchorAt: 30 * SECOND }) }
    const last = { name: 'last', schedule: { kind: 'once', at: T0 + 90 * SECOND } } as const
    const jobs = [minutely<S>(() => {}), minutely<S>(() => {}, slow), minutely<S>(() => {}, last)]
    const scheduler = stage.instance({ jobs })
    const coming = async (n: number) =>
      (await scheduler.upcoming(n)).map(({ job, dueAt, fate }) => `${job} ${(dueAt - T0) / SECOND} ${fate}`)
    expect(await coming(2)).toEqual(['slow 30 run', 'poll 60 run'])
    await scheduler.open()
    await scheduler.pauseJob('poll', { until: T0 + 90 * SECOND })
    expect(await coming(5)).toEqual([
      'slow 30 run',
      'poll 60 suppressed',
      'last 90 run',
      'poll 120 run',
      'slow 150 run',
    ])
    await expect(scheduler.upcoming(0)).rejects.toMatchObject({ code: 'INVALID_OPTIONS' })
    await expect(scheduler.upcoming(1_001)).rejects.toMatchObject({ code: 'INVALID_OPTIONS' })
  })

  it('refuses to foresee for a job that is not there, and more or less than it can', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await expect(scheduler.preview('pol', 1)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
    for (const n of [0, 1.5, 1_001, Number.NaN]) {
      await expect(scheduler.preview('poll', n)).rejects.toMatchObject({ code: 'INVALID_OPTIONS' })
    }
    expect(await scheduler.preview('poll', 1_000)).toHaveLength(1_000)
  })

  it('explains what became of a due time', async () => {
    const stage = await openStage(createHarness)
    const gate = Promise.withResolvers<void>()
    const scheduler = await stage.open((ctx) => (ctx.scheduledFor === T0 + 2 * MINUTE ? gate.promise : undefined))
    await stage.pass(3 * MINUTE)
    gate.resolve()
    await scheduler.pause({ by: 'ops' })
    await stage.pass(2 * MINUTE)
    await scheduler.resume()
    const at = (minute: number) => scheduler.explain('poll', T0 + minute * MINUTE)

    expect(await at(1)).toMatchObject({ kind: 'recorded', entry: { state: 'succeeded' } })
    expect((await at(1)).text).toBe(
      '2025-09-16T02:01:00.000Z was due. It started at 2025-09-16T02:01:00.000Z, 0 ms late and succeeded after 0 ms.',
    )
    expect((await at(3)).text).toContain('It was skipped: the run before it was still going.')
    expect(await at(5)).toMatchObject({ kind: 'recorded', entry: { state: 'suppressed' } })
    expect((await at(5)).text).toContain('suppressed: the scheduler or the job was paused')
    expect(await at(0.5)).toMatchObject({ kind: 'not-due', previousDueAt: T0, nextDueAt: T0 + MINUTE })
    expect(await at(-1)).toMatchObject({ kind: 'unknown', reason: 'first-known' })
  })

  it('explains what would become of a due time, and who is to be asked why not', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    const at = (minute: number) => scheduler.explain('poll', T0 + minute * MINUTE)
    expect(await at(1)).toMatchObject({ kind: 'foreseen', foreseen: { fate: 'run', startsAt: T0 + MINUTE } })
    await scheduler.pauseJob('poll', { by: 'ada', why: 'quarter end', until: T0 + 1.5 * MINUTE })
    expect((await at(1)).text).toBe(
      '2025-09-16T02:01:00.000Z will be due and would not run: the job was paused by "ada" at ' +
        '2025-09-16T02:00:00.000Z ("quarter end"), until 2025-09-16T02:01:30.000Z.',
    )
    expect(await at(2)).toMatchObject({ kind: 'foreseen', foreseen: { fate: 'run' } })
    await scheduler.stop({ by: 'bob' })
    expect((await at(2)).text).toContain('the scheduler was stopped by "bob"')
    await expect(scheduler.explain('poll', 0.5)).rejects.toMatchObject({ code: 'INVALID_OPTIONS' })
    await expect(scheduler.explain('pol', 0)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
  })

  it('explains a due time that waits for the run before it', async () => {
    const stage = await openStage(createHarness)
    const gate = Promise.withResolvers<void>()
    const scheduler = await stage.open(() => gate.promise, { overlapPolicy: 'buffer-one' })
    await stage.pass(2 * MINUTE)
    const explanation = await scheduler.explain('poll', T0 + 2 * MINUTE)
    expect(explanation).toMatchObject({ kind: 'pending', startsAt: T0 + 2 * MINUTE })
    expect(explanation.text).toContain('a run of the job is still going')
    gate.resolve()
  })
}
