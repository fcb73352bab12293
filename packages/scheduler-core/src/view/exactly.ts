import type * as z from 'zod'

import type { StatusView } from './define-view.ts'

// Declarations repeat the type of a schema wherever it stands, and name an interface. So schemas and views that are
// exported carry an interface as their type, and these hold the two equal.

/** The schema under the name of its type. Does not compile where the two differ in more than `readonly`. */
export function exactSchema<O, I, S extends z.ZodType>(
  schema: S & Exactly<z.output<S>, Given<O>> & Accepts<S, Given<I>>,
) {
  return schema as unknown as z.ZodType<O, I>
}

/** The view under the name of its response. Does not compile where the two differ in more than `readonly`. */
export function exactView<V, U>(view: StatusView<U> & Exactly<U, Given<V>>): StatusView<V> {
  return view as unknown as StatusView<V>
}

/** A type that is inferred elsewhere. Unlike `NoInfer` it leaves a union one that distributes. */
type Given<T> = [T][T extends unknown ? 0 : never]

/** The input is compared where the schema's type says one. */
type Accepts<S extends z.ZodType, I> = unknown extends I ? unknown : Exactly<z.input<S>, I>

type Exactly<A, B> = Same<Writable<A>, Writable<B>> extends true ? unknown : { readonly differs: [A, B] }

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T
