import type { SchedulerSnapshot } from '../reading/snapshot.ts'
import { WINDOWS, type WindowId } from '../run/windows.ts'
import { hasStopped } from './compute.ts'
import type { MetricDefinition } from './definition.ts'
import { METRIC_IDS, type MetricId, metricNamed } from './metrics.ts'

/**
 * The metrics that are `null` because one of their sums has stopped, over any window. A sum that has stopped for one
 * job or provider has stopped in the total too, so only totals are checked.
 */
export function stoppedMetrics(snapshot: SchedulerSnapshot): readonly MetricId[] {
  return METRIC_IDS.filter((id) => {
    const metric = metricNamed(id)
    return metric !== undefined && WINDOWS.some((window) => hasStoppedIn(metric, snapshot, window))
  })
}

/** Whether one of the metric's sums has stopped in `totals` or `callTotals`. */
export function hasStoppedIn(
  metric: MetricDefinition,
  { totals, callTotals }: Pick<SchedulerSnapshot, 'totals' | 'callTotals'>,
  window: WindowId,
): boolean {
  if (metric.of === 'run' && metric.statistic !== 'value') return hasStopped(metric, totals[window])
  if (metric.of === 'call' && metric.statistic !== 'value') return hasStopped(metric, callTotals[window])
  return false
}
