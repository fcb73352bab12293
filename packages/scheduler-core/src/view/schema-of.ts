import * as z from 'zod'
import type { MetricDefinition } from '../metrics/definition.ts'
import { type Declared, NOTHING_DECLARED } from '../ports/declared.ts'
import { UNITS } from '../reading/units.ts'
import { entriesOf } from './condition-fields.ts'
import { feedCountFields, feedStatusesWith } from './feed-count-fields.ts'
import { count, rate, timestamp } from './fields.ts'
import { type FactNode, type Fields, isNode, type ListNode, type MetricNode, type ViewNode } from './node.ts'

/**
 * The schema of a view's response, made of its bindings: no field is described twice. Objects are open, so that a
 * client that validates keeps working when a later release adds a field. `V` types the known fields. Without `declared`,
 * the status of a feed may be any word, and a provider may have any further field.
 */
export function schemaOf<V>(fields: Fields, declared?: Declared): z.ZodType<V> {
  return objectOf(fields, declared) as z.ZodType<V>
}

/** The same, field by field, for an object that also holds other fields. */
export function shapeOf<V>(fields: Fields, declared?: Declared): { readonly [K in keyof V]: z.ZodType<V[K]> } {
  const shape = entriesOf(fields, declared ?? NOTHING_DECLARED).map(([name, field]) => [
    name,
    isNode(field) ? schemaOfNode(field, declared) : objectOf(field, declared),
  ])
  return Object.fromEntries(shape)
}

function objectOf(fields: Fields, declared: Declared | undefined): z.ZodType {
  return z.looseObject(shapeOf<Record<string, unknown>>(fields, declared))
}

function schemaOfNode(node: ViewNode, declared: Declared | undefined): z.ZodType {
  switch (node.kind) {
    case 'metric':
      return schemaOfMetric(node).describe(node.metric.help)
    case 'fact':
      return schemaOfFact(node, declared).describe(node.fact.help)
    case 'own':
      return z.number().nullable()
    case 'feed-counts':
      return schemaOfFeedCounts(declared)
    case 'list':
      return schemaOfList(node, declared)
    case 'optional':
      return schemaOfNode(node.node, declared).optional()
    case 'nullable':
      return objectOf(node.fields, declared).nullable()
  }
}

function schemaOfFact({ id, fact }: FactNode, declared: Declared | undefined): z.ZodType {
  return id === 'feed_status' && declared ? z.enum(feedStatusesWith(declared)) : fact.schema()
}

function schemaOfFeedCounts(declared: Declared | undefined): z.ZodType {
  const shape = shapeOf<Record<string, unknown>>(feedCountFields(declared ?? NOTHING_DECLARED))
  return declared ? z.looseObject(shape) : z.object(shape).catchall(count().nullable())
}

function schemaOfList({ of, shape, fields }: ListNode, declared: Declared | undefined): z.ZodType {
  const entry = objectOf(fields, declared)
  if (shape === 'by-name') return z.record(z.string(), entry)
  return of === 'feed' ? z.array(entry).nullable() : z.array(entry)
}

/** The schema of a metric in JSON. A computed metric is `null` once one of its sums is no longer exact. */
function schemaOfMetric({ metric, neverNull }: MetricNode): z.ZodType {
  const value = schemaOfValue(metric)
  const canBeNull = metric.emptyIs === null || metric.statistic === 'sum'
  return canBeNull && !neverNull ? value.nullable() : value
}

function schemaOfValue(metric: MetricDefinition): z.ZodType {
  if ('states' in metric) return z.enum(metric.states)
  if (metric.of === 'custom') return z.number()
  if (metric.unit === 'instant') return timestamp()
  if (metric.kind === 'ratio') return rate()
  return UNITS[metric.unit].isWhole ? count() : z.number().nonnegative()
}
