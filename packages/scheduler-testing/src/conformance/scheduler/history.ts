import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { HOUR, MINUTE, openStage, SECOND, T0 } from './stage.ts'

export function tellsItsHistory<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('tells how a metric went, step by step: 0 for a count of nothing, null for a rate of nothing and the unknown', async () => {
    const stage = await openStage(createHarness)
    let due = 0
    const scheduler = await stage.open((ctx) => {
      ctx.report({ processed: 10 })
      due++
      if (due % 3 === 0) throw new Error('every third')
    })
    await stage.pass(6 * MINUTE + SECOND)
    await scheduler.pause()
    await stage.pass(4 * MINUTE)

    const range = { from: T0 - 2 * MINUTE, to: T0 + 14 * MINUTE, stepMs: 2 * MINUTE, job: 'poll' } as const
    const runs = await scheduler.history({ metric: 'total_runs', ...range })
    expect(runs.points.map(({ value }) => value)).toEqual([null, 2, 2, 2, 0, 0, 0, null])
    expect(runs.points[1]).toEqual({ after: T0, upTo: T0 + 2 * MINUTE, value: 2 })
    expect(runs.knownFrom).toBe(T0)

    const rates = await scheduler.history({ metric: 'success_rate', ...range })
    expect(rates.points.map(({ value }) => value)).toEqual([null, 100, 50, 50, null, null, null, null])
    const durations = await scheduler.history({ metric: 'p95_duration_ms', ...range })
    expect(durations.points.map(({ value }) => value)).toEqual([null, 0, 0, 0, null, null, null, null])
    const calls = await scheduler.history({ metric: 'provider_calls', from: T0, to: T0 + HOUR, stepMs: HOUR })
    expect(calls.points.map(({ value }) => value)).toEqual([0])
  })

  it('knows the step in which counting began: nothing was counted before', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await stage.pass(6 * MINUTE + SECOND)
    const range = { from: T0 - 90 * MINUTE, to: T0 + 30 * MINUTE, stepMs: HOUR } as const
    const runs = await scheduler.history({ metric: 'total_runs', ...range })
    expect(runs.points.map(({ value }) => value)).toEqual([null, 6])
    expect(runs.knownFrom).toBe(T0)
  })

  it('refuses what it could not answer, and changes nothing', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    const metric = 'total_runs'
    const range = { from: T0, to: T0 + HOUR, stepMs: MINUTE }
    const wrong = [
      { ...range, metric, from: T0 + 1 },
      { ...range, metric, from: Number.NaN },
      { ...range, metric, stepMs: 0 },
      { ...range, metric, stepMs: -MINUTE },
      { ...range, metric, stepMs: 90 * SECOND },
      { ...range, metric, to: T0 },
      { ...range, metric, to: T0 + MINUTE / 2 },
      { ...range, metric, to: T0 + 2_001 * MINUTE },
      { ...range, metric, to: T0 + 50_100 * MINUTE, stepMs: 100 * MINUTE },
      { ...range, metric, provider: 'yahoo_finance' },
      { ...range, metric: 'provider_calls', job: 'poll' },
      { ...range, metric: 'running_runs' },
      { ...range, metric: 'next_run_at' },
    ] as const
    for (const query of wrong) await expect(scheduler.history(query)).rejects.toMatchObject({ code: 'INVALID_OPTIONS' })
    await expect(scheduler.history({ ...range, metric, job: 'nobody' })).rejects.toMatchObject({
      code: 'JOB_NOT_FOUND',
    })
  })
}
