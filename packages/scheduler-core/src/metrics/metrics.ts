import type { Declared } from '../ports/declared.ts'
import type { FeedWord } from '../ports/feeds.ts'
import type { ProviderCondition } from '../ports/providers.ts'
import type { MetricDefinition } from './definition.ts'
import { metricTable } from './metric-table.ts'
import { CALL_METRICS, conditionMetric } from './tables/call-metrics.ts'
import { COUNT_METRICS } from './tables/count-metrics.ts'
import { FEED_METRICS, feedWordMetric } from './tables/feed-metrics.ts'
import { HOST_METRICS } from './tables/host-metrics.ts'
import { RUN_METRICS } from './tables/run-metrics.ts'
import { STATE_METRICS } from './tables/state-metrics.ts'

/** The one table of metrics: every number in every view is one of these, over one window. */
export const METRICS = metricTable({
  ...RUN_METRICS,
  ...STATE_METRICS,
  ...COUNT_METRICS,
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

/** The id of the metric of this declared condition of providers. */
export function idOfCondition({ name }: Pick<ProviderCondition, 'name'>): string {
  return `provider_${name}`
}

/** The table of a scheduler whose sources declare this: one more row for each condition and each word. */
export function metricsWith({ feedWords, providerConditions }: Declared): readonly NamedMetric[] {
  const before: { readonly [id in MetricId]?: readonly NamedMetric[] } = {
    // They follow the metrics of the calls.
    feed_event_time: providerConditions.map((condition) => ({
      id: idOfCondition(condition),
      metric: conditionMetric(condition),
    })),
    feeds_unknown: feedWords.map((word) => ({ id: idOfFeedWord(word), metric: feedWordMetric(word) })),
  }
  return METRIC_IDS.flatMap((id) => [...(before[id] ?? []), { id, metric: METRICS[id] }])
}

export interface NamedMetric {
  readonly id: string
  readonly metric: MetricDefinition
}
