import type { MetricDefinition } from '../metrics/definition.ts'
import { metricsWith } from '../metrics/metrics.ts'
import type { Declared } from '../ports/declared.ts'
import type { MetricNode } from './node.ts'

/** The fields that count the feeds of a host that declares this, in the order of the table of metrics. */
export function feedCountFields(declared: Declared): { readonly [status: string]: MetricNode } {
  return Object.fromEntries(
    metricsWith(declared).flatMap(({ id, metric }) => {
      const status = countedBy(metric)
      return status === null ? [] : [[status, { kind: 'metric', id, metric, window: null, target: null }] as const]
    }),
  )
}

/** The statuses that a feed of a host that declares this may have. */
export function feedStatusesWith(declared: Declared): readonly string[] {
  return Object.keys(feedCountFields(declared)).filter((status) => status !== 'total')
}

function countedBy(metric: MetricDefinition): string | null {
  return metric.of === 'feeds' ? metric.field : null
}
