import { roundedTo } from '../reading/units.ts'
import type { WindowId } from '../run/windows.ts'
import type { MetricDefinition } from './definition.ts'
import { evaluateMetric, type MetricValue } from './evaluate.ts'
import type { MetricScope } from './scope.ts'

/** The value of a metric as a response shows it: with no more decimals than its unit has, and never as -0. */
export function shownValue(metric: MetricDefinition, scope: MetricScope, window: WindowId): MetricValue {
  const value = evaluateMetric(metric, scope, window)
  return typeof value === 'number' ? roundedTo(value, metric.unit) + 0 : value
}
