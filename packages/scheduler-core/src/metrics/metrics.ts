import type { FeedWord } from '../ports/feeds.ts'
import type { MetricDefinition } from './definition.ts'
import { metricTable } from './metric-table.ts'
import { CALL_METRICS } from './tables/call-metrics.ts'
import { FEED_METRICS, feedWordMetric } from './tables/feed-metrics.ts'
import { HOST_METRICS } from './tables/host-metrics.ts'
import { RUN_METRICS } from './tables/run-metrics.ts'
import { STATE_METRICS } from './tables/state-metrics.ts'

/** The one table of metrics: every number in every view is one of these, over one window. */
export const METRICS = metricTable({
  ...RUN_METRICS,
  ...STATE_METRICS,
  ...CALL_METRICS,
  ...FEED_METRICS,
  ...HOST_METRICS,
})

export type MetricId = keyof typeof METRICS

export const METRIC_IDS = Object.keys(METRICS) as readonly MetricId[]

/** The definition of a standard metric, in the general type; `undefined` for an unknown id. */
export function metricNamed(id: string): MetricDefinition | undefined {
  return Object.hasOwn(METRICS, id) ? METRICS[id as MetricId] : undefined
}

/** The id of the metric that counts the feeds with this declared status. */
export function idOfFeedWord({ word }: Pick<FeedWord, 'word'>): string {
  return `feeds_${word}`
}

/**
 * The table of a scheduler whose feeds have these words: one more row for each, before the row of the unknown feeds.
 */
export function metricsWith(words: readonly FeedWord[]): readonly NamedMetric[] {
  const declared = words.map((word) => ({ id: idOfFeedWord(word), metric: feedWordMetric(word) }))
  return METRIC_IDS.flatMap((id) => [...(id === 'feeds_unknown' ? declared : []), { id, metric: METRICS[id] }])
}

export interface NamedMetric {
  readonly id: string
  readonly metric: MetricDefinition
}
