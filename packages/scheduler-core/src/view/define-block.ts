import type * as z from 'zod'
import { lazily } from '../lazily.ts'

import type { MetricScope } from '../metrics/scope.ts'
import type { Listed } from '../metrics/subjects.ts'
import type { Declared } from '../ports/declared.ts'
import type { Fields, Projected } from './node.ts'
import { type ProjectOptions, projectTop } from './project.ts'
import { shapeOf } from './schema-of.ts'

/** The schema of one field. An interface of its own: declarations name it instead of spelling `ZodType` out. */
export interface FieldSchema<V> extends z.ZodType<V> {}

/** The bound fields of one job, provider, feed or instance, for a response that has more than numbers of it. */
export interface Block<F, V> {
  readonly fields: F
  /** The schema of each field. */
  readonly shape: { readonly [K in keyof V]: FieldSchema<V[K]> }
  /** The same for a host whose sources declare exactly this. */
  shapeFor(declared: Declared): { readonly [K in keyof V]: FieldSchema<V[K]> }
  /** Projects the fields from the scope of one. Pure. */
  project(scope: MetricScope, options?: Partial<ProjectOptions>): V
}

/** Declares the fields of one of many, in the way of a view's fields. */
export function defineBlock<const L extends Listed, const F extends Fields<L>>(
  _of: L,
  fields: F,
): Block<F, Projected<F>> {
  const shape = lazily(() => shapeOf<Projected<F>>(fields))
  return Object.freeze({
    fields,
    get shape() {
      return shape()
    },
    shapeFor: (declared: Declared) => shapeOf<Projected<F>>(fields, declared),
    project: (scope: MetricScope, options: Partial<ProjectOptions> = {}) =>
      projectTop(fields, scope, { emptyRate: null, ...options }) as Projected<F>,
  })
}
