import type { MetricDefinition } from '../metrics/definition.ts'
import { metricsWith } from '../metrics/metrics.ts'
import type { FeedWord } from '../ports/feeds.ts'
import type { MetricNode } from './node.ts'

/** The fields that count the feeds of a source with these words, in the order of the table of metrics. */
export function feedCountFields(words: readonly FeedWord[]): { readonly [status: string]: MetricNode } {
  return Object.fromEntries(
    metricsWith(words).flatMap(({ id, metric }) => {
      const status = countedBy(metric)
      return status === null ? [] : [[status, { kind: 'metric', id, metric, window: null, target: null }] as const]
    }),
  )
}

/** The statuses that a feed of a source with these words may have. */
export function feedStatusesWith(words: readonly FeedWord[]): readonly string[] {
  return Object.keys(feedCountFields(words)).filter((status) => status !== 'total')
}

function countedBy(metric: MetricDefinition): string | null {
  return metric.of === 'feeds' ? metric.field : null
}
