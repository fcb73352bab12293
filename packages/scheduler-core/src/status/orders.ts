import type { MetricDefinition } from '../metrics/definition.ts'
import { METRICS } from '../metrics/metrics.ts'
import type { WindowId } from '../run/windows.ts'

/** What a list is ordered by: a metric over a window, or the name where there is none. */
export interface OrderKey {
  readonly metric: MetricDefinition | null
  readonly window: WindowId
}

/** What jobs can be ordered by. A minus in front turns the order round; jobs without a value go last either way. */
export const JOB_ORDERS = {
  name: by(null),
  consecutive_failures: by(METRICS.consecutive_failures),
  running_runs: by(METRICS.running_runs),
  queued_runs: by(METRICS.queued_runs),
  oldest_queued_seconds: by(METRICS.oldest_queued_seconds),
  overdue_seconds: by(METRICS.overdue_seconds),
  next_run_at: by(METRICS.next_run_at),
  last_run_at: by(METRICS.last_run_at),
  last_success_at: by(METRICS.last_success_at),
  last_failure_at: by(METRICS.last_failure_at),
  success_rate: by(METRICS.success_rate),
  p95_duration_ms: by(METRICS.p95_duration_ms),
  p95_lateness_ms: by(METRICS.p95_lateness_ms),
  p95_queue_wait_ms: by(METRICS.p95_queue_wait_ms),
} as const

/** What feeds can be ordered by; `lateness` is by when the update was due, which was due longest first. */
export const FEED_ORDERS = {
  lateness: by(METRICS.feed_expected_by),
  feed: by(null),
  age_seconds: by(METRICS.feed_age_seconds),
  attainment_pct: by(METRICS.feed_attainment_pct),
} as const

export type JobOrder = Ordered<keyof typeof JOB_ORDERS>
export type FeedOrder = Ordered<keyof typeof FEED_ORDERS>

export const JOB_ORDER_WORDS = bothWays(JOB_ORDERS)
export const FEED_ORDER_WORDS = bothWays(FEED_ORDERS)

type Ordered<K extends string> = K | `-${K}`

/** Windows matter to the metrics that have them: these are over the recent one. */
function by(metric: MetricDefinition | null): OrderKey {
  return { metric, window: 'recent' }
}

function bothWays<K extends string>(orders: Readonly<Record<K, OrderKey>>): readonly Ordered<K>[] {
  const words = Object.keys(orders) as K[]
  return [...words, ...words.map((word) => `-${word}` as const)]
}
