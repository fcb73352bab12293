import type { CallTally, RunTally, Tally } from '../run/counters.ts'
import type { MetricDefinition, QuotientMetric, ReadMetric, SpreadMetric, SumMetric } from './definition.ts'
import { METRICS, type MetricId } from './metrics.ts'
import { mean, percent } from './percent.ts'
import { percentile } from './percentile.ts'
import type { Scope } from './scope.ts'
import { UNITS } from './units.ts'
import type { WindowId } from './windows.ts'

/** A metric's value in its unit: an instant in milliseconds since the epoch, a state as its word; `null` is unknown. */
export type MetricValue = number | string | null

/**
 * The value of a metric in a scope, over the window where it has windows. The one place at which the number of any view
 * comes into being: it is one that its unit has, and never -0. What a host's own code says beside that, such as half a
 * connection, is unknown.
 */
export function evaluate(metric: MetricDefinition, scope: Scope, window: WindowId): MetricValue {
  const value = read(metric, scope, window)
  if (typeof value === 'string') return value
  return value !== null && isOne(value, metric) ? value + 0 : metric.emptyIs
}

/** Whether there is such a number of the metric's unit. */
function isOne(value: number, { of, unit }: MetricDefinition): boolean {
  if (of === 'custom') return Number.isFinite(value)
  if (unit === 'instant') return value >= YEARS.first && value <= YEARS.last
  return value >= 0 && (UNITS[unit].isWhole ? Number.isSafeInteger(value) : Number.isFinite(value))
}

/** Years of four digits: the instants that RFC 3339 can tell. */
const YEARS = { first: Date.UTC(-1, 12), last: Date.UTC(9999, 12) - 1 }

type IdsOf<Of extends 'run' | 'call'> = {
  [Id in MetricId]: (typeof METRICS)[Id] extends { of: Of; numerator: unknown } ? Id : never
}[MetricId]

/** Metrics computed from the counters of runs. */
export type RunMetricId = IdsOf<'run'>
/** Metrics computed from the counters of provider calls. */
export type CallMetricId = IdsOf<'call'>

/** The value of a computed metric: only a ratio or a mean can be `null`. */
export type ComputedValue<Id extends RunMetricId | CallMetricId> = (typeof METRICS)[Id]['emptyIs'] extends null
  ? number | null
  : number

export function runMetric<Id extends RunMetricId>(id: Id, tally: RunTally): ComputedValue<Id> {
  return compute(METRICS[id], tally) as ComputedValue<Id>
}

export function callMetric<Id extends CallMetricId>(id: Id, tally: CallTally): ComputedValue<Id> {
  return compute(METRICS[id], tally) as ComputedValue<Id>
}

function read(metric: MetricDefinition, scope: Scope, window: WindowId): MetricValue {
  if (metric.of === 'custom') return scope.snapshot.snapshot.custom[metric.id]?.value ?? null
  if (metric.statistic === 'value') return readField(metric, scope)
  const { run, call } = scope
  return metric.of === 'run' ? compute(metric, run.tallies[window]) : compute(metric, call.tallies[window])
}

function readField(metric: ReadMetric, scope: Scope): MetricValue {
  const subject: object | undefined = scope[metric.of]
  const value: unknown = subject && Reflect.get(subject, metric.field)
  if (typeof value === 'number') return fromMilliseconds(value, metric)
  return typeof value === 'string' ? value : null
}

/** Readings hold durations in milliseconds; whole seconds have passed, and minutes are divided. */
function fromMilliseconds(value: number, { unit }: ReadMetric): number {
  if (unit === 'seconds') return Math.floor(value / 1_000)
  return unit === 'minutes' ? value / 60_000 : value
}

type Computable<C extends string, M extends string> =
  | Pick<SumMetric<'run' | 'call', C>, 'statistic' | 'numerator'>
  | Pick<QuotientMetric<'run' | 'call', C>, 'statistic' | 'numerator' | 'denominator'>
  | { readonly statistic: SpreadMetric['statistic']; readonly measure: M }

/** The value of a metric over the stretch of time that a tally was made of. */
export function compute<C extends string, M extends string>(
  metric: Computable<C, M>,
  tally: Tally<NoInfer<C>, NoInfer<M>>,
): number | null {
  switch (metric.statistic) {
    case 'sum':
      return addUp(metric.numerator, tally)
    case 'percent':
      return percent(addUp(metric.numerator, tally), addUp(metric.denominator, tally))
    case 'mean':
      return mean(addUp(metric.numerator, tally), addUp(metric.denominator, tally))
    case 'max':
      return tally.distributions[metric.measure].max
    default:
      return percentile(tally.distributions[metric.measure], RANKS[metric.statistic])
  }
}

const RANKS = { p50: 50, p95: 95, p99: 99 } as const

function addUp<C extends string>(counters: readonly C[], tally: Readonly<Record<C, number>>): number {
  return counters.reduce((total, counter) => total + tally[counter], 0)
}
