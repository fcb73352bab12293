import type { SchedulerSnapshot } from '../reading/snapshot.ts'
import { WINDOWS, type WindowId } from '../run/windows.ts'
import { hasStopped } from './compute.ts'
import type { MetricDefinition } from './definition.ts'
import { METRIC_IDS, type MetricId, metricNamed } from './metrics.ts'

/**
 * The metrics that are `null` because a sum of theirs has stopped, over any window. What has stopped for one job or
 * provider has stopped for all of them together, so that nobody has to be looked at alone.
 */
export function stoppedMetrics(snapshot: SchedulerSnapshot): readonly MetricId[] {
  return METRIC_IDS.filter((id) => {
    const metric = metricNamed(id)
    return metric !== undefined && WINDOWS.some((window) => hasStoppedIn(metric, snapshot, window))
  })
}

/** Whether a sum of the metric has stopped, of the runs or the calls that `totals` and `callTotals` tell of. */
export function hasStoppedIn(
  metric: MetricDefinition,
  { totals, callTotals }: Pick<SchedulerSnapshot, 'totals' | 'callTotals'>,
  window: WindowId,
): boolean {
  if (metric.of === 'run' && metric.statistic !== 'value') return hasStopped(metric, totals[window])
  if (metric.of === 'call' && metric.statistic !== 'value') return hasStopped(metric, callTotals[window])
  return false
}
