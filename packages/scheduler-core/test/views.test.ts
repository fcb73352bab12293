import { describe, expect, it } from 'vitest'
import { metricNamed } from '../src/metrics/metrics.ts'
import type { SnapshotReading } from '../src/reading/snapshot.ts'
import { EMPTY_RUN_TALLY, type RunTally } from '../src/run/counters.ts'
import { addDistributions, distributionOf } from '../src/run/distribution.ts'
import { adminStatusViewV1 } from '../src/status/admin-status-v1.ts'
import { adminStatusViewV2 } from '../src/status/admin-status-v2.ts'
import { marketDataStatusViewV1 } from '../src/status/market-data-status-v1.ts'
import { marketDataStatusViewV2 } from '../src/status/market-data-status-v2.ts'
import { explainMetric } from '../src/view/explain.ts'
import { type Measured, NOTHING, scriptedSnapshot } from './scripted-snapshot.ts'

const VIEWS = [adminStatusViewV1, adminStatusViewV2, marketDataStatusViewV1, marketDataStatusViewV2]
const READINGS = [
  { snapshot: scriptedSnapshot(), stale: false, ageMs: 0 },
  { snapshot: scriptedSnapshot({ measures: NOTHING, state: 'error', reasons: ['X'] }), stale: true, ageMs: 1_234 },
]

/** Every leaf of a response, with its path as a binding writes it. */
function leavesOf(value: unknown, path = ''): [string, unknown][] {
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'object')) {
    return value.flatMap((entry) => leavesOf(entry, `${path}[]`))
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]]
  return Object.entries(value).flatMap(([name, part]) => leavesOf(part, path === '' ? name : `${path}.${name}`))
}

function withRecent(distributions: RunTally['distributions']): Measured {
  const jobs = NOTHING.jobs.map((job) => ({
    ...job,
    windows: { ...job.windows, recent: { ...EMPTY_RUN_TALLY, distributions } },
  }))
  return { ...NOTHING, jobs }
}

/** The numbers that a view shows of everything together. Those of one job or provider are other numbers. */
function totalsOf(view: (typeof VIEWS)[number], reading: SnapshotReading): [string, unknown][] {
  const leaves = new Map(leavesOf(view.project(reading)))
  const totals = view.bindings.filter(
    ({ path, kind }) => kind === 'metric' && leaves.has(path) && !/\[\]|\*/.test(path),
  )
  return totals.map(({ path, id, window }) => [`${id} ${window}`, leaves.get(path)])
}

describe.each(VIEWS)('$name', (view) => {
  it.each(READINGS)('binds every number to the table, and nothing but JSON is in it', (reading) => {
    const response = view.project(reading)
    const bound = new Map(view.bindings.map(({ path, kind, id }) => [path, { kind, id }]))
    for (const [path, value] of leavesOf(response)) {
      const binding = bound.get(path) ?? bound.get(path.replace(/^(provider_stats|feeds_by_status)\.\w+/, '$1.*'))
      if (typeof value === 'number') expect(['metric', 'feed-word'], path).toContain(binding?.kind)
      if (binding?.kind === 'metric') expect(metricNamed(binding.id), path).toBeDefined()
      if (typeof value === 'number') expect(Number.isFinite(value) && !Object.is(value, -0), path).toBe(true)
    }
    expect(JSON.parse(JSON.stringify(response))).toEqual(response)
    expect(() => view.schema.parse(response)).not.toThrow()
    expect(view.project(reading)).toEqual(response)
  })

  it('shows its audience only fields that it may see', () => {
    for (const { path, described } of view.bindings) {
      expect(described.audience, path).toContain(view.audience)
      if (view.audience === 'market-data') expect(described.sensitivity, path).toBe('public')
    }
  })
})

describe('the views of one snapshot', () => {
  it.each(READINGS)('agree number for number wherever they show the same metric over the same window', (reading) => {
    const said = VIEWS.flatMap((view) => totalsOf(view, reading))
    const first = new Map(said.toReversed())
    for (const [key, value] of said) expect(value, key).toBe(first.get(key))
    expect(first.size).toBeGreaterThan(80)
  })

  it('hold the identities of the table', () => {
    const { windows } = adminStatusViewV2.project(
      READINGS[0] ?? { snapshot: scriptedSnapshot(), stale: false, ageMs: 0 },
    )
    for (const counts of Object.values(windows)) {
      const { failed, timed_out, orphaned } = counts.failed_runs_by_outcome
      expect(counts.failed_runs).toBe(sum(failed, timed_out, orphaned))
      expect(counts.total_runs).toBe(sum(counts.successful_runs, counts.failed_runs))
      const { overlap, excluded } = counts.skipped_runs_by_reason
      expect(counts.skipped_runs).toBe(sum(overlap, excluded))
    }
  })

  function sum(...parts: readonly (number | null)[]): number {
    return parts.reduce<number>((total, part) => total + (part ?? Number.NaN), 0)
  }
})

it('percentiles and maxima come from the distributions, and are unknown without them', () => {
  const duration_ms = addDistributions([distributionOf(10), distributionOf(20), distributionOf(1_000)])
  const reading = {
    snapshot: scriptedSnapshot({ measures: withRecent({ ...EMPTY_RUN_TALLY.distributions, duration_ms }) }),
    stale: false,
    ageMs: 0,
  }
  const { recent, last_hour } = adminStatusViewV2.project(reading).windows
  expect(recent).toMatchObject({ p50_duration_ms: 20, max_duration_ms: 1_000, p50_lateness_ms: null })
  expect(recent.p99_duration_ms).toBeCloseTo(1_000, -1.3)
  expect(last_hour.p50_duration_ms).toBeNull()
})

describe('an explanation', () => {
  const reading = { snapshot: scriptedSnapshot(), stale: false, ageMs: 0 }
  const namesFor = (audience: 'admin' | 'market-data') =>
    explainMetric('success_rate', { reading, audience })?.values.map(({ name }) => name)

  it('names jobs to operations alone', () => {
    expect(namesFor('admin')).toContain('poll')
    expect(namesFor('market-data')).not.toContain('poll')
  })

  it('shows the formula, the bounds of the window and the counts that were used', () => {
    const explained = explainMetric('success_rate', { reading, audience: 'market-data' })
    expect(explained).toMatchObject({
      formula: '100 × succeeded / (succeeded + failed + timed_out + orphaned + interrupted)',
    })
    expect(explained?.values.slice(0, 2)).toEqual([
      {
        of: 'all',
        name: null,
        window: 'lifetime',
        after: null,
        up_to: '2025-09-16T01:57:23.202Z',
        value: 98.33,
        counts: { succeeded: 59, failed: 1, timed_out: 0, orphaned: 0, interrupted: 0 },
      },
      expect.objectContaining({ window: 'recent', after: '2025-09-15T01:57:23.202Z', value: 100 }),
    ])
  })

  it('also exists for a metric that is read at an instant, and only for its audience', () => {
    expect(explainMetric('next_run_at', { reading, audience: 'market-data' })?.values[0]).toMatchObject({
      window: null,
      value: '2025-09-16T02:11:23.202Z',
      counts: {},
    })
    expect(explainMetric('pool_size', { reading, audience: 'market-data' })).toBeNull()
    expect(explainMetric('pool_size', { reading, audience: 'admin' })?.values).toHaveLength(1)
    expect(explainMetric('constructor', { reading, audience: 'admin' })).toBeNull()
  })
})
