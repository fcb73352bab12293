import { idOfCondition } from '../metrics/metrics.ts'
import { conditionMetric } from '../metrics/tables/call-metrics.ts'
import type { Declared } from '../ports/declared.ts'
import type { ProviderCondition } from '../ports/providers.ts'
import { attributeField } from './attribute-fields.ts'
import type { ConditionsPlace, Fields, MetricNode, ViewNode } from './node.ts'

/** A field by its name in the response. */
export type NamedField = readonly [name: string, field: ViewNode | Fields]

/** The fields of an object, in the order of the response, with those that the host declares in their place. */
export function entriesOf(
  fields: Fields,
  { providerConditions, providerAttributes = [] }: Pick<Declared, 'providerConditions' | 'providerAttributes'>,
): readonly NamedField[] {
  return Object.entries(fields).flatMap(([name, field]): readonly NamedField[] => {
    if (!isPlace(field)) return [[name, field]]
    return [
      ...providerConditions.map((condition) => [condition.name, toNode(condition)] as const),
      ...providerAttributes.map((attribute) => [attribute.name, attributeField(attribute)] as const),
    ]
  })
}

function toNode(condition: ProviderCondition): MetricNode {
  const metric = conditionMetric(condition)
  return { kind: 'metric', id: idOfCondition(condition), metric, window: null, target: null }
}

export function isPlace(field: ViewNode | Fields | ConditionsPlace): field is ConditionsPlace {
  return field['kind'] === 'conditions'
}
