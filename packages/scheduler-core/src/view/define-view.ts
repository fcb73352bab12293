import type * as z from 'zod'
import { lazily } from '../lazily.ts'
import { metricScopeOf } from '../metrics/scope.ts'
import { refuseOption } from '../options/refuse-option.ts'
import type { Declared } from '../ports/declared.ts'
import { type Audience, audienceName } from '../reading/audience.ts'
import { isFor } from '../reading/described.ts'
import type { SnapshotReading } from '../reading/snapshot.ts'
import { bindingsOf, type FieldBinding } from './bindings-of.ts'
import type { Fields, Projected } from './node.ts'
import { type ProjectOptions, projectTop } from './project.ts'
import { schemaOf } from './schema-of.ts'

export interface DefineViewOptions<F> {
  /** Its name in errors and documents, such as `RecalculationStatus`. */
  readonly name: string
  /** An audience of the library, or one of `defineAudience`. A field that it may not see is refused. */
  readonly audience: Audience
  /** The fields of the response: each is bound to a metric or a fact, or an object of such fields. */
  readonly fields: F
}

/** A projection of the snapshot for one audience: every number in it is a standard or declared metric. */
export interface StatusView<V> {
  readonly name: string
  readonly audience: Audience
  /** Every field that is bound, in the order of the response. */
  readonly bindings: readonly FieldBinding[]
  /** The schema of every response, whatever the host's sources declare. */
  readonly schema: z.ZodType<V>
  /** The schema of the responses of a host whose sources declare this and nothing else. A scheduler fits as it is. */
  schemaFor(declared: Declared): z.ZodType<V>
  /** Projects a snapshot to the response. Pure. */
  project(reading: SnapshotReading, options?: Partial<ProjectOptions>): V
}

/**
 * Declares a view: an object of fields of `metricField`, `factField` and the like, lists and objects. Throws
 * `INVALID_OPTIONS` for an unknown audience, and for a field that it may not see.
 */
export function defineView<const F extends Fields<never>>({
  name,
  audience,
  fields,
}: DefineViewOptions<F>): StatusView<Projected<F>> {
  const bindings = bindingsOf(fields)
  const reader = audienceName(audience, `${name}.audience`)
  for (const binding of bindings) assertFor(reader, binding, name)
  const schema = lazily(() => schemaOf<Projected<F>>(fields))
  return Object.freeze({
    name,
    audience,
    bindings,
    get schema() {
      return schema()
    },
    schemaFor: (declared: Declared) => schemaOf<Projected<F>>(fields, declared),
    project(reading: SnapshotReading, options: Partial<ProjectOptions> = {}) {
      return projectTop(fields, metricScopeOf(reading), { emptyRate: null, ...options }) as Projected<F>
    },
  })
}

/** The type of a view's response. */
export type ResponseOf<T> = T extends StatusView<infer V> ? V : never

function assertFor(reader: string, { path, id, described }: FieldBinding, view: string): void {
  if (isFor(described, reader)) return
  refuseOption({ path: `${view}.${path}`, value: id, expected: `a metric or fact for the audience ${reader}` })
}
