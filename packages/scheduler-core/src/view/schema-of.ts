import * as z from 'zod'
import type { MetricDefinition } from '../metrics/definition.ts'
import { UNITS } from '../reading/units.ts'
import { count, rate, timestamp } from './fields.ts'
import { type Fields, isNode, type ListNode, type MetricNode, type ViewNode } from './node.ts'

/**
 * The schema of what a view answers, made of its bindings: no field is described twice. Objects are open, so that a client
 * that checks by it goes on working when a later release adds a field; what they are known to hold is `V`.
 */
export function schemaOf<V>(fields: Fields): z.ZodType<V> {
  return objectOf(fields) as z.ZodType<V>
}

/** The same, field by field, for an object that holds others beside them. */
export function shapeOf<V>(fields: Fields): { readonly [K in keyof V]: z.ZodType<V[K]> } {
  const shape = Object.entries(fields).map(([name, field]) => [
    name,
    isNode(field) ? schemaOfNode(field) : objectOf(field),
  ])
  return Object.fromEntries(shape)
}

function objectOf(fields: Fields): z.ZodType {
  return z.looseObject(shapeOf<Record<string, unknown>>(fields))
}

function schemaOfNode(node: ViewNode): z.ZodType {
  switch (node.kind) {
    case 'metric':
      return schemaOfMetric(node).describe(node.metric.help)
    case 'fact':
      return node.fact.schema.describe(node.fact.help)
    case 'own':
      return z.number().nullable()
    case 'list':
      return schemaOfList(node)
    case 'optional':
      return schemaOfNode(node.node).optional()
    case 'nullable':
      return objectOf(node.fields).nullable()
  }
}

function schemaOfList({ of, shape, fields }: ListNode): z.ZodType {
  const entry = objectOf(fields)
  if (shape === 'by-name') return z.record(z.string(), entry)
  return of === 'feed' ? z.array(entry).nullable() : z.array(entry)
}

/** What a metric can be in JSON. Anything that is computed is `null` once a sum of it is no longer exact. */
function schemaOfMetric({ metric, neverNull }: MetricNode): z.ZodType {
  const value = schemaOfValue(metric)
  const canBeNull = metric.emptyIs === null || metric.statistic === 'sum'
  return canBeNull && !neverNull ? value.nullable() : value
}

function schemaOfValue(metric: MetricDefinition): z.ZodType {
  if ('states' in metric) return z.enum(metric.states)
  if (metric.of === 'custom') return z.number()
  if (metric.unit === 'instant') return timestamp
  if (metric.kind === 'ratio') return rate
  return UNITS[metric.unit].isWhole ? count : z.number().nonnegative()
}
