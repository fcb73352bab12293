import { evaluateMetric } from '../../metrics/evaluate.ts'
import type { MetricScope } from '../../metrics/scope.ts'
import type { OrderKey } from '../../status/orders.ts'
import type { Key } from './page-of.ts'

/** What an order compares, read in the scope of one item; `null` when it compares names. */
export function keyIn<K extends string>(
  orders: Readonly<Record<K, OrderKey>>,
  order: K | `-${K}`,
): ((scope: MetricScope) => Key) | null {
  const { metric, window } = orders[(order.startsWith('-') ? order.slice(1) : order) as K]
  return metric === null ? null : (scope) => evaluateMetric(metric, scope, window)
}
