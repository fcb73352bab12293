import * as z from 'zod'
import type { MetricDefinition } from '../metrics/definition.ts'
import type { FeedWord } from '../ports/feeds.ts'
import { UNITS } from '../reading/units.ts'
import { feedCountFields, feedStatusesWith } from './feed-count-fields.ts'
import { count, rate, timestamp } from './fields.ts'
import {
  type BoundNode,
  entriesOf,
  type FactNode,
  type Fields,
  isNode,
  type ListNode,
  type MetricNode,
} from './node.ts'

/** The inputs of a schema beside the fields. */
export interface SchemaOptions {
  /** The declared words of the host's feeds. Without them, the status of a feed may be any word. */
  readonly feedWords?: readonly FeedWord[]
}

/**
 * The schema of a view's response, made of its bindings: no field is described twice. Objects are open, so that a
 * client that validates keeps working when a later release adds a field. `V` types the known fields.
 */
export function schemaOf<V>(fields: Fields, options: SchemaOptions = {}): z.ZodType<V> {
  return objectOf(fields, options) as z.ZodType<V>
}

/** The same, field by field, for an object that also holds other fields. */
export function shapeOf<V>(fields: Fields, options: SchemaOptions = {}): { readonly [K in keyof V]: z.ZodType<V[K]> } {
  const shape = entriesOf(fields).map(([name, field]) => [
    name,
    isNode(field) ? schemaOfNode(field, options) : objectOf(field, options),
  ])
  return Object.fromEntries(shape)
}

function objectOf(fields: Fields, options: SchemaOptions): z.ZodType {
  return z.looseObject(shapeOf<Record<string, unknown>>(fields, options))
}

function schemaOfNode(node: BoundNode, options: SchemaOptions): z.ZodType {
  switch (node.kind) {
    case 'metric':
      return schemaOfMetric(node).describe(node.metric.help)
    case 'fact':
      return schemaOfFact(node, options).describe(node.fact.help)
    case 'own':
      return z.number().nullable()
    case 'feed-counts':
      return schemaOfFeedCounts(options)
    case 'list':
      return schemaOfList(node, options)
    case 'optional':
      return schemaOfNode(node.node, options).optional()
    case 'nullable':
      return objectOf(node.fields, options).nullable()
  }
}

function schemaOfFact({ id, fact }: FactNode, { feedWords }: SchemaOptions): z.ZodType {
  return id === 'feed_status' && feedWords ? z.enum(feedStatusesWith(feedWords)) : fact.schema
}

function schemaOfFeedCounts({ feedWords }: SchemaOptions): z.ZodType {
  const shape = shapeOf<Record<string, unknown>>(feedCountFields(feedWords ?? []))
  return feedWords ? z.looseObject(shape) : z.object(shape).catchall(count.nullable())
}

function schemaOfList({ of, shape, fields }: ListNode, options: SchemaOptions): z.ZodType {
  const entry = objectOf(fields, options)
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
  if (metric.unit === 'instant') return timestamp
  if (metric.kind === 'ratio') return rate
  return UNITS[metric.unit].isWhole ? count : z.number().nonnegative()
}
