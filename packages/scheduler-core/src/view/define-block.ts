import type * as z from 'zod'

import type { MetricScope } from '../metrics/scope.ts'
import type { Listed } from '../metrics/subjects.ts'
import type { Fields, Projected } from './node.ts'
import { projectFields } from './project.ts'
import { shapeOf } from './schema-of.ts'

/** The schema of one field. An interface of its own: declarations name it instead of spelling `ZodType` out. */
export interface FieldSchema<V> extends z.ZodType<V> {}

/** The bound fields of one job, provider, feed or instance, for an answer that says more of it than numbers. */
export interface Block<F, V> {
  readonly fields: F
  /** The schema of each field. */
  readonly shape: { readonly [K in keyof V]: FieldSchema<V[K]> }
  /** Out of the scope of that one. Pure. */
  project(scope: MetricScope): V
}

/** Declares fields that are told of one of many, as those of a view are. */
export function defineBlock<const L extends Listed, const F extends Fields<L>>(
  _of: L,
  fields: F,
): Block<F, Projected<F>> {
  return Object.freeze({
    fields,
    shape: shapeOf<Projected<F>>(fields),
    project: (scope: MetricScope) => projectFields(fields, scope, { emptyRate: null }) as Projected<F>,
  })
}
