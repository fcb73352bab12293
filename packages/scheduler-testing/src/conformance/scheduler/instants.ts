import { every, type Scheduler } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { MINUTE, openStage, SECOND, T0 } from './stage.ts'

/** A `Date` as no instant is: `new Date('no date')`. */
const INVALID = new Date(Number.NaN)

const REFUSED: readonly [string, string, (scheduler: Scheduler) => Promise<unknown>][] = [
  ['the end of a pause', 'until', (scheduler) => scheduler.pause({ until: INVALID })],
  ["the end of a job's pause", 'until', (scheduler) => scheduler.pauseJob('poll', { until: INVALID })],
  ['the begin of a backfill', 'from', (scheduler) => scheduler.backfillJob('poll', { from: INVALID, to: T0 })],
  ['the end of an audit', 'to', (scheduler) => scheduler.audit({ from: T0, to: INVALID })],
  ['an instant to explain', 'explain.at', (scheduler) => scheduler.explain('poll', INVALID)],
  ['the begin of a list', 'from', (scheduler) => scheduler.listRuns({ from: INVALID })],
  [
    'the end of a history',
    'history.to',
    (scheduler) => scheduler.history({ metric: 'total_runs', from: T0, to: INVALID, stepMs: MINUTE }),
  ],
  [
    'the anchor of a schedule',
    'schedule.anchorAt',
    (scheduler) => scheduler.configureJob('poll', { schedule: { kind: 'every', periodMs: MINUTE, anchorAt: INVALID } }),
  ],
]

export function takesInstants<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('takes a Date wherever it takes milliseconds, and answers the same', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await stage.pass(2 * MINUTE + SECOND)
    const range = { from: T0 - MINUTE, to: T0 + 2 * MINUTE }
    const dates = { from: new Date(range.from), to: new Date(range.to) }

    expect(await scheduler.listRuns(dates)).toEqual(await scheduler.listRuns(range))
    expect((await scheduler.listRuns(dates)).items).toHaveLength(1)
    expect(await scheduler.audit(dates)).toEqual(await scheduler.audit(range))
    expect(await scheduler.explain('poll', new Date(T0 + MINUTE))).toEqual(await scheduler.explain('poll', T0 + MINUTE))
    const history = { metric: 'total_runs', stepMs: MINUTE } as const
    expect(await scheduler.history({ ...history, ...dates })).toEqual(await scheduler.history({ ...history, ...range }))
    expect(await scheduler.backfillJob('poll', dates)).toMatchObject({ queued: expect.any(Number) })

    const until = new Date(T0 + 10 * MINUTE)
    expect(await scheduler.pause({ until })).toMatchObject({ control: { pausedUntil: until.getTime() } })
    expect(await scheduler.pause({ until: until.getTime() })).toMatchObject({ changed: false })
    const anchorAt = new Date(T0 + 30 * SECOND)
    await scheduler.configureJob('poll', {
      schedule: { kind: 'every', periodMs: MINUTE, anchorAt },
    })
    expect((await scheduler.control()).config.jobs?.['poll']?.schedule).toEqual(every({ minutes: 1, anchorAt }))
  })

  it.each(REFUSED)('refuses a Date that is none for %s, and names the option', async (_what, path, ask) => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await expect(ask(scheduler)).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
      details: { path: expect.stringContaining(path), received: 'an invalid Date' },
    })
    expect((await scheduler.listLog()).items).toEqual([])
  })
}
