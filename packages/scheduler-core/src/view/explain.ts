import { toIso } from '../clock.ts'
import { NO_LONGER_EXACT } from '../metrics/compute.ts'
import type { MetricDefinition } from '../metrics/definition.ts'
import { formulaOf } from '../metrics/formula.ts'
import { metricsWith } from '../metrics/metrics.ts'
import { type MetricScope, metricScopeOf, type Part, type Parts, scopesOf } from '../metrics/scope.ts'
import { shownValue } from '../metrics/shown-value.ts'
import { hasStoppedIn } from '../metrics/stopped-metrics.ts'
import type { Listed } from '../metrics/subjects.ts'
import type { LibraryAudience } from '../reading/audience.ts'
import { isFor } from '../reading/described.ts'
import { declaredBy, type SchedulerSnapshot, type SnapshotReading } from '../reading/snapshot.ts'
import type { WindowId } from '../run/windows.ts'
import type { MetricExplanationView } from './metric-explanation.ts'

export interface ExplainOptions {
  readonly reading: SnapshotReading
  readonly audience: LibraryAudience
  /** Those that are explained one by one (default all of them). */
  readonly parts?: Parts
}

/**
 * Explains a number: its formula, the bounds of each window and the counts that went into it, for all together and for
 * each job or provider, from one snapshot. Jobs are named to operations alone. `null` when the id is not a metric of this
 * audience.
 */
export function explainMetric(
  id: string,
  { reading, audience, parts = {} }: ExplainOptions,
): Omit<MetricExplanationView, 'fields'> | null {
  const { snapshot } = reading
  const own = Object.hasOwn(snapshot.custom, id) ? snapshot.custom[id]?.definition : undefined
  const metric = metricsWith(declaredBy(snapshot)).find((one) => one.id === id)?.metric ?? own
  if (!metric || !isFor(metric, audience)) return null
  const windows = metric.windows.length === 0 ? [null] : metric.windows
  const shown = audience === 'admin' ? parts : { ...parts, job: NO_JOBS }
  const values = placesOf(metric, metricScopeOf(reading), shown).flatMap(({ of, name, scope }) =>
    windows.map((window) => ({ of, name, ...boundsOf(window, snapshot), ...valueAndCounts(metric, scope, window) })),
  )
  const { title, unit, help } = metric
  return { id, title, unit, formula: formulaOf(metric), help, values }
}

interface Place {
  readonly of: string
  readonly name: string | null
  readonly scope: MetricScope
}

/** All together, where the metric has a total, and each one by itself. */
function placesOf({ of }: MetricDefinition, scope: MetricScope, parts: Parts): readonly Place[] {
  const listed = LISTED_OF[of]
  const all = of === listed ? [] : [{ of: 'all', name: null, scope }]
  return listed ? [...all, ...placesIn(listed, scope, parts[listed])] : all
}

function placesIn<L extends Listed>(of: L, scope: MetricScope, part: Part<L> | undefined): readonly Place[] {
  return (scopesOf(of, scope, part) ?? []).map((one) => ({ of, ...one }))
}

const NO_JOBS = () => []

const LISTED_OF: { readonly [of in MetricDefinition['of']]?: Listed } = {
  run: 'job',
  job: 'job',
  call: 'provider',
  provider: 'provider',
  feed: 'feed',
  instance: 'instance',
  session: 'session',
}

function boundsOf(window: WindowId | null, { asOf, windowsMs }: SchedulerSnapshot) {
  const widthMs = window === null || window === 'lifetime' ? null : windowsMs[window]
  return { window, after: widthMs === null ? null : toIso(asOf - widthMs), up_to: toIso(asOf) }
}

function valueAndCounts(metric: MetricDefinition, scope: MetricScope, of: WindowId | null) {
  const window = of ?? 'lifetime'
  const value = shownValue(metric, scope, window)
  const shown = typeof value === 'number' && metric.unit === 'instant' ? toIso(value) : value
  const stopped = hasStoppedIn(metric, { totals: scope.run.tallies, callTotals: scope.call.tallies }, window)
  return { value: shown, ...(stopped && { reason: NO_LONGER_EXACT }), counts: countsOf(metric, scope, window) }
}

/** The counters that the formula names. */
function countsOf(metric: MetricDefinition, { run, call }: MetricScope, window: WindowId): Record<string, number> {
  if (!('numerator' in metric)) return {}
  const names: readonly string[] = [...metric.numerator, ...('denominator' in metric ? metric.denominator : [])]
  const tally: object = (metric.of === 'run' ? run : call).tallies[window]
  return Object.fromEntries(names.map((name) => [name, Number(Reflect.get(tally, name))]))
}
