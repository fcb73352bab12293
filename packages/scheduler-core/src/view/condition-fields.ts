import { idOfCondition } from '../metrics/metrics.ts'
import { conditionMetric } from '../metrics/tables/call-metrics.ts'
import type { ProviderCondition } from '../ports/providers.ts'
import type { ConditionsPlace, Fields, MetricNode, ViewNode } from './node.ts'

/** A field by its name in the response. */
export type NamedField = readonly [name: string, field: ViewNode | Fields]

/** The fields of an object, in the order of the response, with those of these conditions in their place. */
export function entriesOf(fields: Fields, conditions: readonly ProviderCondition[]): readonly NamedField[] {
  return Object.entries(fields).flatMap(([name, field]): readonly NamedField[] =>
    isPlace(field) ? conditions.map((condition) => [condition.name, toNode(condition)]) : [[name, field]],
  )
}

function toNode(condition: ProviderCondition): MetricNode {
  const metric = conditionMetric(condition)
  return { kind: 'metric', id: idOfCondition(condition), metric, window: null, target: null }
}

export function isPlace(field: ViewNode | Fields | ConditionsPlace): field is ConditionsPlace {
  return field['kind'] === 'conditions'
}
