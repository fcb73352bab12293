import type { CallCounter, CallTally, RunCounter, RunTally } from '../run/counters.ts'
import type { MetricDefinition, ReadMetric, TallyMetric } from './definition.ts'
import { METRICS, type MetricId } from './metrics.ts'
import { mean, percent } from './percent.ts'
import type { Scope } from './scope.ts'
import type { WindowId } from './windows.ts'

/** A metric's value in its unit: an instant in milliseconds since the epoch, a state as its word; `null` is unknown. */
export type MetricValue = number | string | null

/**
 * The value of a metric in a scope, over the window where it has windows. The one place at which the number of any view
 * comes into being: it is finite, and never -0.
 */
export function evaluate(metric: MetricDefinition, scope: Scope, window: WindowId): MetricValue {
  const value = read(metric, scope, window)
  if (typeof value === 'string') return value
  return value !== null && Number.isFinite(value) ? value + 0 : metric.emptyIs
}

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
  switch (metric.statistic) {
    case 'sum':
    case 'percent':
    case 'mean':
      return readTally(metric, scope, window)
    case 'value':
      return readField(metric, scope)
    default:
      return null
  }
}

function readTally(
  metric: TallyMetric<'run', RunCounter> | TallyMetric<'call', CallCounter>,
  { run, call }: Scope,
  window: WindowId,
): number | null {
  if (metric.of === 'run') return run ? compute(metric, run.tallies[window]) : null
  return call ? compute(metric, call.tallies[window]) : null
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

type Computable<C extends string> = Pick<TallyMetric<'run' | 'call', C>, 'statistic' | 'numerator' | 'denominator'>

function compute<C extends string>(
  { statistic, numerator, denominator = [] }: Computable<C>,
  tally: Readonly<Record<C, number>>,
): number | null {
  const part = addUp(numerator, tally)
  if (statistic === 'sum') return part
  return statistic === 'percent' ? percent(part, addUp(denominator, tally)) : mean(part, addUp(denominator, tally))
}

function addUp<C extends string>(counters: readonly C[], tally: Readonly<Record<C, number>>): number {
  return counters.reduce((total, counter) => total + tally[counter], 0)
}
