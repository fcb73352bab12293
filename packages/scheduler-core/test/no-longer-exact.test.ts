import { expectConsistentViews, expectStandardMetrics } from '@pm/scheduler-testing'
import { describe, expect, it } from 'vitest'
import { initialControl } from '../src/control/control.ts'
import { toJobList } from '../src/http/views/job-list.ts'
import { MAX_COUNT } from '../src/limits.ts'
import { toHistory } from '../src/metrics/history.ts'
import type { MetricId } from '../src/metrics/metrics.ts'
import { toMetricFamilies } from '../src/monitoring/prometheus/metric-families.ts'
import type { JobMeasures, ProviderMeasures } from '../src/ports/measures.ts'
import { EMPTY_CALL_TALLY, EMPTY_RUN_TALLY } from '../src/run/counters.ts'
import { distributionOf } from '../src/run/distribution.ts'
import { toAdminStatus, toAdminStatusV2, toMarketDataStatus, toMarketDataStatusV2 } from '../src/status/to-status.ts'
import { explainMetric } from '../src/view/explain.ts'
import { type Measured, scriptedSnapshot } from './scripted-snapshot.ts'

/** One job has reached 2^53 - 1 in its items and its durations. The other one counts on as usual. */
const duration_ms = distributionOf(150)
const distributions = { ...EMPTY_RUN_TALLY.distributions, duration_ms }
const sound = { ...EMPTY_RUN_TALLY, succeeded: 3, failed: 1, items_processed: 8, timed_runs: 4, duration_ms: 450 }
const absurd = { ...sound, items_processed: MAX_COUNT, duration_ms: MAX_COUNT, distributions }
const absurdCalls = { ...EMPTY_CALL_TALLY, calls: 4, answered: 4, succeeded: 3, failed: 1, answered_ms: MAX_COUNT }

const base = scriptedSnapshot()
const job = (name: string, lifetime: JobMeasures['lifetime']): JobMeasures => ({
  job: name,
  since: base.asOf,
  cursor: base.asOf,
  wall: null,
  retiredAt: null,
  running: 0,
  queued: 0,
  oldestQueuedAt: null,
  workers: 0,
  latestStartAt: null,
  lifetime,
  windows: { recent: lifetime, last_hour: sound },
  lastRunAt: base.asOf,
  lastSuccessAt: base.asOf,
  lastFailureAt: null,
  lastOutcome: null,
  lastErrorCode: null,
  consecutiveFailures: 0,
  unmet: null,
  runningDueAt: null,
})
const provider: ProviderMeasures = {
  provider: 'yahoo_finance',
  lifetime: absurdCalls,
  windows: { recent: absurdCalls, last_hour: EMPTY_CALL_TALLY },
  lastSuccessAt: base.asOf,
}
const measures: Measured = {
  since: base.asOf,
  control: initialControl(base.asOf),
  jobs: [job('poll', absurd), job('retired', sound)],
  providers: [provider],
  instances: [],
  series: { of: 'run', tallies: [] },
}
const snapshot = scriptedSnapshot({ measures })
const reading = { snapshot, stale: false, ageMs: 0 }

describe('A sum that has reached 2^53 - 1', () => {
  it('is null in version 2, which names it, and so is its mean; every other number is unaffected', () => {
    const status = toAdminStatusV2(reading)
    expect(status.no_longer_exact).toEqual(['items_processed', 'avg_duration_ms', 'avg_response_time_ms'])
    expect(status.windows.lifetime).toMatchObject({
      total_runs: 8,
      success_rate: 75,
      items_processed: null,
      items_failed: 0,
      avg_duration_ms: null,
      p50_duration_ms: 150,
      max_duration_ms: 150,
    })
    expect(status.windows.last_hour).toMatchObject({ items_processed: 16, avg_duration_ms: 112.5 })
    expect(toJobList(reading, {}).items[0]?.windows.recent).toMatchObject({ total_runs: 4, items_processed: null })
    const { lifetime } = status.providers.items.find(({ name }) => name === 'yahoo_finance')?.windows ?? {}
    expect(lifetime).toMatchObject({ calls: 4, success_rate: 75, avg_response_time_ms: null })

    const marketData = toMarketDataStatusV2(reading)
    expect(marketData.no_longer_exact).toEqual(status.no_longer_exact)
    expect(marketData.windows.recent).toMatchObject({ total_runs: 8, items_processed: null, items_failed: 0 })
  })

  it('stays at 2^53 - 1 in version 1, whose whole numbers cannot be null', () => {
    expect(toAdminStatus(snapshot)).toMatchObject({ total_runs: 8, symbols_processed: MAX_COUNT, success_rate: 75 })
    const { recent_activity } = toMarketDataStatus(snapshot)
    expect(recent_activity).toEqual({
      total_symbols_processed: MAX_COUNT,
      success_rate: 75,
      avg_response_time_ms: null,
    })
  })

  it('meets the standard metrics all the same, and is the same in every view', () => {
    const responses = [
      { view: 'admin-v1', response: toAdminStatus(snapshot) },
      { view: 'admin-v2', response: toAdminStatusV2(reading) },
      { view: 'market-data-v1', response: toMarketDataStatus(snapshot) },
      { view: 'market-data-v2', response: toMarketDataStatusV2(reading) },
    ] as const
    for (const one of responses) {
      expectStandardMetrics(one.response, one.view, { reading })
      for (const other of responses) expectConsistentViews(one, other)
    }
  })

  it('is explained with its reason where it has stopped, and without where it has not', () => {
    const told = (id: MetricId) =>
      explainMetric(id, { reading, audience: 'admin' })
        ?.values.filter(({ of }) => of === 'all')
        .map(({ window, value, reason }) => [window, value, reason])
    expect(told('items_processed')).toEqual([
      ['lifetime', null, 'no_longer_exact'],
      ['recent', null, 'no_longer_exact'],
      ['last_hour', 16, undefined],
    ])
    expect(told('avg_duration_ms')).toContainEqual(['lifetime', null, 'no_longer_exact'])
    // A quotient that is null because nothing was counted has no such reason.
    expect(told('coverage_pct')).toContainEqual(['lifetime', null, undefined])
    expect(told('avg_response_time_ms')).toContainEqual(['last_hour', null, undefined])
  })

  it('is null with its reason in the history, and the next stretch is exact again', () => {
    const query = { metric: 'items_processed', from: 0, to: 180_000, stepMs: 60_000 } as const
    const { points } = toHistory(
      query,
      { of: 'run', tallies: [sound, absurd, sound] },
      { knownFrom: 0, isBeginning: false, now: 180_000 },
    )
    expect(points.map(({ value, reason }) => [value, reason])).toEqual([
      [8, undefined],
      [null, 'no_longer_exact'],
      [8, undefined],
    ])
  })

  it('has no sample in Prometheus, and neither has it as the sum of a histogram', () => {
    const families = new Map(toMetricFamilies(reading).map(({ name, samples }) => [name, samples]))
    const valuesOf = (name: string) => families.get(name)?.map(({ value }) => value)
    expect(valuesOf('scheduler_items_processed_total')).toEqual([])
    expect(valuesOf('scheduler_items_failed_total')).toEqual([0])
    expect(valuesOf('scheduler_runs_total')).toEqual([4])
    const parts = families.get('scheduler_duration_seconds')?.filter(({ name }) => !name.endsWith('_bucket'))
    expect(parts?.map(({ name, value }) => [name, value])).toEqual([['scheduler_duration_seconds_count', 4]])
    expect(valuesOf('scheduler_lateness_seconds')?.at(-2)).toBe(0)
  })
})
