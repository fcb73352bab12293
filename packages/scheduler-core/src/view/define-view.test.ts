import { describe, expect, it } from 'vitest'

import { scriptedSnapshot } from '../../test/scripted-snapshot.ts'
import { defineMetric, readCustomMetrics } from '../metrics/custom-metric.ts'
import type { MetricId } from '../metrics/metrics.ts'
import { metricField } from './bind.ts'
import { defineView } from './define-view.ts'

const fresh = (snapshot = scriptedSnapshot()) => ({ snapshot, stale: false, ageMs: 0 })
const view = defineView({
  name: 'Domain',
  audience: 'admin',
  fields: {
    portfolios: metricField('items_processed', { window: 'lifetime', job: 'poll' }),
    yahoo: metricField('provider_success_rate', { window: 'recent', provider: 'yahoo_finance' }),
  },
})

describe("a host's own view", () => {
  it('shows the same numbers as the views of the library, from the snapshot alone', () => {
    expect(view.project(fresh())).toEqual({ portfolios: 187, yahoo: 100 })
  })

  it.each([
    [
      'an unknown metric',
      () => metricField('totl_runs' as MetricId & 'total_runs', { window: 'recent' }),
      'total_runs',
    ],
    ['an unknown window', () => metricField('total_runs', { window: 'recnt' as 'recent' }), 'recent'],
  ])('is refused %s, with a suggestion', (_what, build, suggestion) => {
    expect(build).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ suggestion }) }),
    )
  })

  it.each([
    ['a window for a metric that has none', () => metricField('last_run_at', { window: 'recent' } as object)],
    [
      'a job for a metric of providers',
      () => metricField('provider_calls', { window: 'recent', job: 'poll' } as { window: 'recent' }),
    ],
  ])('is refused %s', (_what, build) => {
    expect(build).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS' }))
  })

  it('is refused a field that its audience may not see', () => {
    const fields = { pool: metricField('pool_size') }
    expect(() => defineView({ name: 'Leak', audience: 'market-data', fields })).toThrow(/Leak\.pool/)
  })

  it('suggests the job when its name is misspelt, and does not show 0', () => {
    const fields = { runs: metricField('total_runs', { window: 'lifetime', job: 'pol' }) }
    const misspelt = defineView({ name: 'Domain', audience: 'admin', fields })
    expect(() => misspelt.project(fresh())).toThrow(/Did you mean "poll"/)
  })
})

describe("a metric of the host's own", () => {
  const described = { title: 'Orders', help: 'Open orders.', unit: 'items' } as const
  const throws = (): number => {
    throw new Error('db.internal')
  }
  const rejects = async () => {
    throw new Error('late')
  }

  it.each([
    ['throws', throws, 'METRIC_THREW'],
    ['is async', rejects as unknown as () => number, 'METRIC_ASYNC'],
    ['is not a number', () => Number.NaN, 'METRIC_NOT_A_NUMBER'],
    ['is infinite', () => Infinity, 'METRIC_NOT_A_NUMBER'],
  ] as const)('that %s is null with an error of its own, and the others are as they were', (_what, read, error) => {
    const bad = defineMetric({ ...described, id: 'bad', read })
    const good = defineMetric({ ...described, id: 'good', read: () => -0 })
    const unknown = defineMetric({ ...described, id: 'unknown', read: () => null })
    const custom = readCustomMetrics([bad, good, unknown])
    expect(custom).toMatchObject({
      bad: { value: null, error },
      good: { value: 0, error: null },
      unknown: { value: null, error: null },
    })
    const snapshot = scriptedSnapshot()
    const fields = {
      bad: metricField(bad),
      good: metricField(good),
      runs: metricField('total_runs', { window: 'lifetime' }),
    }
    const withCustom = defineView({ name: 'Custom', audience: 'admin', fields })
    expect(withCustom.project(fresh({ ...snapshot, custom }))).toEqual({ bad: null, good: 0, runs: 60 })
  })

  it('is refused the id of a standard metric, and an id that no instrument could have', () => {
    expect(() => defineMetric({ ...described, id: 'total_runs', read: () => 1 })).toThrow(/standard metrics/)
    expect(() => defineMetric({ ...described, id: 'Total-Runs', read: () => 1 })).toThrow(/metric\.id/)
  })
})
