import { UNITS } from '../reading/units.ts'
import type { WindowId } from '../run/windows.ts'
import { compute } from './compute.ts'
import type { MetricDefinition, ReadMetric } from './definition.ts'
import type { MetricScope } from './scope.ts'

/** A value in the metric's unit: an instant in milliseconds since the epoch, a state as its word; `null` is unknown. */
export type MetricValue = number | string | null

/**
 * The value of a metric in a scope, over the window where it has windows. A number is always a possible one of its
 * unit, never -0. `null`, never 0, for an impossible value from the host's code, such as half a connection, and for a
 * sum that is no longer exact.
 */
export function evaluateMetric(metric: MetricDefinition, scope: MetricScope, window: WindowId): MetricValue {
  const value = read(metric, scope, window)
  if (typeof value === 'string') return value
  if (value !== null && isPossible(value, metric)) return value + 0
  return metric.statistic === 'value' ? metric.emptyIs : null
}

/** Whether the value is a possible one of the metric's unit. */
function isPossible(value: number, { of, unit }: MetricDefinition): boolean {
  if (of === 'custom') return Number.isFinite(value)
  if (unit === 'instant') return value >= YEARS.first && value <= YEARS.last
  return value >= 0 && (UNITS[unit].isWhole ? Number.isSafeInteger(value) : Number.isFinite(value))
}

/** Years of four digits: the instants that RFC 3339 can express. */
const YEARS = { first: Date.UTC(-1, 12), last: Date.UTC(9999, 12) - 1 }

function read(metric: MetricDefinition, scope: MetricScope, window: WindowId): MetricValue {
  if (metric.of === 'custom') return scope.snapshot.snapshot.custom[metric.id]?.value ?? null
  if (metric.statistic === 'value') return readField(metric, scope)
  const { run, call } = scope
  return metric.of === 'run' ? compute(metric, run.tallies[window]) : compute(metric, call.tallies[window])
}

function readField(metric: ReadMetric, scope: MetricScope): MetricValue {
  const subject: object | undefined = 'within' in metric ? scope.provider?.conditions : scope[metric.of]
  const value: unknown = subject && Reflect.get(subject, metric.field)
  if (typeof value === 'number') return fromMilliseconds(value, metric)
  return typeof value === 'string' && metric.unit === 'state' ? value : null
}

/** Readings hold durations in milliseconds. Seconds are rounded down, minutes are not rounded. */
function fromMilliseconds(value: number, { unit }: ReadMetric): number {
  if (unit === 'seconds') return Math.floor(value / 1_000)
  return unit === 'minutes' ? value / 60_000 : value
}
