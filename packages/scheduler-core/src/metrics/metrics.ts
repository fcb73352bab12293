import type { MetricDefinition } from './definition.ts'
import { metricTable } from './metric-table.ts'
import { CALL_METRICS } from './tables/call-metrics.ts'
import { FEED_METRICS } from './tables/feed-metrics.ts'
import { HOST_METRICS } from './tables/host-metrics.ts'
import { RUN_METRICS } from './tables/run-metrics.ts'
import { STATE_METRICS } from './tables/state-metrics.ts'

/**
 * The one table of metrics. A number that any view shows is one of these, over one window; there is no second
 * definition anywhere.
 */
export const METRICS = metricTable({
  ...RUN_METRICS,
  ...STATE_METRICS,
  ...CALL_METRICS,
  ...FEED_METRICS,
  ...HOST_METRICS,
})

export type MetricId = keyof typeof METRICS

export const METRIC_IDS = Object.keys(METRICS) as readonly MetricId[]

/** The definition of a metric as data of the one type; `undefined` for what is none of ours. */
export function metricNamed(id: string): MetricDefinition | undefined {
  return Object.hasOwn(METRICS, id) ? METRICS[id as MetricId] : undefined
}
