import type { JobConfigInput, Logger } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { fates, MINUTE, minutely, openStage, runs, SECOND, T0 } from './stage.ts'

const every = (periodMs: number) => ({ kind: 'every', periodMs }) as const
const PROVIDERS = [
  { name: 'yahoo_finance', enabled: true, apiKeyConfigured: null },
  { name: 'alpha_vantage', enabled: false, apiKeyConfigured: false },
]

export function behavesAsConfigured<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('runs a job at its new interval at once, on the grid, and shows both what is set and what the code says', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await stage.pass(MINUTE + 30 * SECOND)
    const result = await scheduler.configureJob('poll', { schedule: every(5 * MINUTE) }, { by: 'ops', why: 'quota' })
    expect(result).toMatchObject({ changed: true, control: { version: 1 } })
    const [job] = (await stage.snapshot(scheduler)).jobs
    expect(job).toMatchObject({
      intervalMs: 5 * MINUTE,
      nextRunAt: T0 + 5 * MINUTE,
      policies: { schedule: every(5 * MINUTE), misfireGraceMs: 5 * MINUTE },
      defaults: { schedule: every(MINUTE), misfireGraceMs: MINUTE },
      override: { schedule: { ...every(5 * MINUTE), anchorAt: 0 } },
    })
    await stage.pass(9 * MINUTE)
    await scheduler.configureJob('poll', { schedule: null })
    await stage.pass(90 * SECOND)
    expect(fates(await stage.ledger(scheduler))).toEqual([1, 5, 10, 11, 12].map((minute) => `${minute} succeeded`))
    expect((await stage.snapshot(scheduler)).jobs[0]).toMatchObject({ intervalMs: MINUTE, override: {} })
  })

  it('keeps the anchor of a grid that gets a new interval, and takes a schedule of another kind', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {}, { schedule: { ...every(MINUTE), anchorAt: 15 * SECOND } })
    await scheduler.configureJob('poll', { schedule: every(2 * MINUTE) })
    await stage.pass(3 * MINUTE)
    const hourly = { kind: 'cron', pattern: '5 * * * *' } as const
    await scheduler.configureJob('poll', { schedule: hourly })
    await stage.pass(3 * MINUTE)
    const due = (await stage.ledger(scheduler)).map((entry) => entry.scheduledFor)
    expect(due).toEqual([T0 + 15 * SECOND, T0 + 135 * SECOND, T0 + 5 * MINUTE])
    expect((await stage.snapshot(scheduler)).jobs[0]?.policies.schedule).toEqual({ ...hourly, timezone: 'UTC' })
  })

  it('loses no due time of the schedule that it replaces: one that has come runs, one that waits is skipped', async () => {
    const stage = await openStage(createHarness)
    const gate = Promise.withResolvers<void>()
    const scheduler = await stage.open(() => gate.promise, { overlapPolicy: 'buffer-one' })
    await stage.pass(2 * MINUTE)
    await scheduler.configureJob('poll', { schedule: every(10 * MINUTE) })
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 running', '2 skipped'])
    gate.resolve()
    await stage.pass(0)

    await scheduler.configureJob('poll', { schedule: null, overlapPolicy: 'skip' })
    stage.clock.jumpWall(7 * MINUTE)
    await scheduler.configureJob('poll', { schedule: every(20 * MINUTE) })
    await stage.pass(12 * MINUTE)
    expect(fates(await stage.ledger(scheduler))).toEqual([
      '1 succeeded',
      '2 skipped',
      '3-8 missed',
      '9 succeeded',
      '20 succeeded',
    ])
    expect(runs(await stage.ledger(scheduler)).map(({ trigger }) => trigger)).toEqual(Array(3).fill('schedule'))
  })

  it('accounts for a replaced schedule as what it was: paused, it stays suppressed', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await scheduler.pause()
    await stage.pass(3 * MINUTE + SECOND)
    await scheduler.configureJob('poll', { schedule: every(10 * MINUTE) })
    await scheduler.resume()
    await stage.pass(7 * MINUTE)
    const { suppressed, succeeded, missed } = (await stage.snapshot(scheduler)).totals.lifetime
    expect({ suppressed, succeeded, missed }).toEqual({ suppressed: 3, succeeded: 1, missed: 0 })
  })

  it('gives later runs their new timeout and retries; a run under way keeps what it started with', async () => {
    const stage = await openStage(createHarness)
    const attempts: number[] = []
    const scheduler = await stage.open(
      (ctx) => {
        attempts.push(ctx.attempt)
        if (ctx.scheduledFor === T0 + MINUTE) return new Promise(() => {})
        throw new Error('no')
      },
      { timeoutMs: 20 * SECOND },
    )
    await stage.pass(MINUTE)
    const retry = { maxAttempts: 3, backoffMs: 10 }
    await scheduler.configureJob('poll', { timeoutMs: 5 * SECOND, retry })
    await stage.pass(10 * SECOND)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 running'])
    await stage.pass(51 * SECOND)
    expect(attempts).toEqual([1, 1, 2, 3])
    await scheduler.configureJob('poll', { retry: { maxAttempts: null } })
    expect((await stage.snapshot(scheduler)).jobs[0]).toMatchObject({
      policies: { timeoutMs: 5 * SECOND, retry: { maxAttempts: 1, backoffMs: 10 } },
      override: { timeoutMs: 5 * SECOND, retry: { backoffMs: 10 } },
    })
    await stage.pass(MINUTE)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 timed_out', '2 failed', '3 failed'])
    expect(attempts).toEqual([1, 1, 2, 3, 1])
  })

  it('runs as many at a time as it is told', async () => {
    const stage = await openStage(createHarness)
    const gate = Promise.withResolvers<void>()
    const jobs = ['a', 'b', 'c'].map((name) => minutely<S>(() => gate.promise, { name }))
    const scheduler = stage.instance({ jobs })
    await scheduler.open()
    await scheduler.configure({ concurrency: 1 })
    await stage.pass(MINUTE)
    expect(runs(await stage.ledger(scheduler))).toHaveLength(1)
    expect((await stage.snapshot(scheduler)).scheduler.concurrency).toBe(1)
    await scheduler.configure({ concurrency: null })
    await stage.pass(SECOND)
    expect(runs(await stage.ledger(scheduler))).toHaveLength(3)
    gate.resolve()
    await stage.pass(0)
  })

  it('survives a restart, and a scheduler that comes later begins with it', async () => {
    const stage = await openStage(createHarness)
    const before = await stage.open(() => {})
    await before.configureJob('poll', { schedule: every(5 * MINUTE), priority: 7 })
    await before.close()
    const after = await stage.open(() => {})
    await stage.pass(10 * MINUTE)
    expect(fates(await stage.ledger(after))).toEqual(['5 succeeded', '10 succeeded'])
    expect((await stage.snapshot(after)).jobs[0]).toMatchObject({
      policies: { priority: 7 },
      defaults: { priority: 0 },
    })
  })

  it('is followed by other instances within their watch, and by each tick of theirs at once', async () => {
    const stage = await openStage(createHarness)
    const providers = { describe: () => PROVIDERS }
    const one = await stage.open(() => {}, { with: { providers } })
    const other = await stage.open(() => {}, { with: { providers, watchMs: 5 * SECOND } })
    await one.configureJob('poll', { schedule: every(10 * SECOND) })
    await one.configure({ providers: { yahoo_finance: { enabled: false } } })
    await one.close()
    await stage.pass(5 * SECOND)
    expect(other.isProviderEnabled('yahoo_finance')).toBe(false)
    await stage.pass(15 * SECOND)
    expect(runs(await stage.ledger(other)).map((run) => run.scheduledFor)).toEqual([T0 + 10 * SECOND, T0 + 20 * SECOND])
  })

  it('switches a provider off for handlers and readers alike, and on again', async () => {
    const stage = await openStage(createHarness)
    const seen: boolean[] = []
    const scheduler = await stage.open((ctx) => void seen.push(ctx.isProviderEnabled('yahoo_finance')), {
      with: { providers: { describe: () => PROVIDERS } },
    })
    await stage.pass(MINUTE)
    await scheduler.configure({ providers: { yahoo_finance: { enabled: false } } })
    await stage.pass(MINUTE)
    expect((await stage.snapshot(scheduler)).providers.map(({ enabled }) => enabled)).toEqual([false, false])
    await scheduler.configure({ providers: { yahoo_finance: null } })
    await stage.pass(MINUTE)
    expect(seen).toEqual([true, false, true])
    expect(scheduler.isProviderEnabled('alpha_vantage')).toBe(false)
  })

  it.each<readonly [string, unknown, object]>([
    ['an interval under 100 ms', { schedule: every(99) }, { path: 'job.schedule.periodMs', received: '99' }],
    ['no interval', { schedule: every(Number.NaN) }, { path: 'job.schedule.periodMs', received: 'NaN' }],
    [
      'a pattern that never comes',
      { schedule: { kind: 'cron', pattern: '0 0 31 2 *' } },
      { path: 'job.schedule.pattern' },
    ],
    [
      'a pattern of another dialect',
      { schedule: { kind: 'cron', pattern: '0 10 ? * 2-6 *' } },
      { path: 'job.schedule.pattern', suggestion: '0 10 * * MON-FRI' },
    ],
    [
      'a pattern that its dialect does not have',
      { schedule: { kind: 'cron', pattern: '0 10 * * *', dialect: 'eventbridge' } },
      { path: 'job.schedule.pattern', suggestion: '0 10 * * ? *' },
    ],
    ['a dialect that is none', { schedule: { kind: 'cron', pattern: '* * * * *', dialect: 'vixie' } }, {}],
    [
      'a zone of ICU alone',
      { schedule: { kind: 'cron', pattern: '* * * * *', timezone: 'BST' } },
      { suggestion: 'Europe/London' },
    ],
    ['a zone that is none', { schedule: { kind: 'cron', pattern: '* * * * *', timezone: 'Mars/Base' } }, {}],
    ['a kind that is none', { schedule: { kind: 'evry', periodMs: MINUTE } }, {}],
    ['no limit of time', { timeoutMs: Infinity }, { path: 'job.timeoutMs', received: 'Infinity' }],
    ['an attempt less than one', { retry: { maxAttempts: 0 } }, { path: 'job.retry.maxAttempts', received: '0' }],
    ['a misspelt policy', { overlapPolicy: 'skipp' }, { path: 'job.overlapPolicy', suggestion: 'skip' }],
    ['a misspelt setting', { timeoutMS: 5 }, { path: 'job.timeoutMS', suggestion: 'timeoutMs' }],
    ['one good setting and a bad one', { priority: 1, misfireGraceMs: -1 }, { path: 'job.misfireGraceMs' }],
    ['something else', 'faster', { path: 'job' }],
  ])('refuses %s, and changes nothing', async (_what, patch, details) => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    const refused = scheduler.configureJob('poll', patch as JobConfigInput)
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_OPTIONS', details })
    expect((await stage.snapshot(scheduler)).jobs[0]?.override).toEqual({})
    expect((await scheduler.listLog()).items).toEqual([])
  })

  it('refuses for the scheduler as a whole: no concurrency, unknown providers, switching on what the host disabled', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {}, { with: { providers: { describe: () => PROVIDERS } } })
    const invalid = (details: object) => ({ code: 'INVALID_OPTIONS', details })
    const refusals = [
      [{ concurrency: 0 }, { path: 'scheduler.concurrency', received: '0' }],
      [{ providers: { yahoo_finnance: { enabled: false } } }, { suggestion: 'yahoo_finance' }],
      [{ providers: { alpha_vantage: { enabled: true } } }, { path: 'scheduler.providers.alpha_vantage.enabled' }],
    ] as const
    for (const [patch, details] of refusals) {
      await expect(scheduler.configure(patch)).rejects.toMatchObject(invalid(details))
    }
    await expect(scheduler.configureJob('pol', {})).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
    await expect(scheduler.configureJob('poll', { priority: 1 }, { expectedVersion: 3 })).rejects.toMatchObject({
      code: 'CONTROL_CONFLICT',
      details: { expected: 3, actual: 0 },
    })
    expect((await scheduler.listLog()).items).toEqual([])
  })

  it('logs who changed what, from what and to what, and why; what is so already is no change', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await scheduler.configureJob('poll', { timeoutMs: 5_000 }, { by: 'ada', why: 'the provider is slow' })
    await scheduler.configure({ concurrency: 3 }, { by: 'bob' })
    expect(await scheduler.configureJob('poll', { timeoutMs: 5_000, priority: null })).toMatchObject({ changed: false })
    await scheduler.configureJob('poll', { timeoutMs: 9_000 }, { by: 'eve' })
    const changes = (setting: string, from: number | null, to: number | null) => [{ setting, from, to }]
    expect((await scheduler.listLog()).items).toMatchObject([
      { kind: 'configure-job', job: 'poll', by: 'eve', why: null, changes: changes('timeoutMs', 5_000, 9_000) },
      { kind: 'configure', job: null, by: 'bob', changes: changes('concurrency', null, 3) },
      { kind: 'configure-job', by: 'ada', why: 'the provider is slow', changes: changes('timeoutMs', null, 5_000) },
    ])
  })

  it('reports a stored setting that cannot be, ignores that one alone, and is well again once it is set anew', async () => {
    const stage = await openStage(createHarness)
    const errors: object[] = []
    const ignore = () => {}
    const logger: Logger = { debug: ignore, info: ignore, warn: ignore, error: (fields) => void errors.push(fields) }
    const before = await stage.open(() => {})
    await before.close()
    const patch = { timeoutMs: -1, priority: 4, schedule: { kind: 'every', periodMs: 0, anchorAt: 0 } } as const
    const corrupt = { kind: 'configure-job', job: 'poll', patch, by: 'somebody at the table', why: null } as const
    const scheduler = 'market_data_scheduler'
    await stage.sessions.withSession((s) => stage.store.applyCommand(s, { scheduler, command: corrupt, now: T0 }))

    const after = await stage.open(() => {}, { with: { logger } })
    await stage.pass(MINUTE)
    expect(errors).toMatchObject([{ settings: ['jobs.poll.schedule', 'jobs.poll.timeoutMs'], version: 1 }])
    const snapshot = await stage.snapshot(after)
    expect(snapshot.scheduler).toMatchObject({ state: 'running', reasons: ['CONFIGURATION_CORRUPT'] })
    expect(snapshot.jobs[0]).toMatchObject({ policies: { timeoutMs: 300_000, priority: 4 }, override: { priority: 4 } })
    expect(fates(await stage.ledger(after))).toEqual(['1 succeeded'])

    await after.configureJob('poll', { timeoutMs: 1_000, schedule: null })
    expect((await stage.snapshot(after)).scheduler.reasons).toEqual([])
  })
}
