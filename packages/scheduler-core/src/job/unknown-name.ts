import * as z from 'zod'

import type { JsonValue } from '../run/json-value.ts'
import { partsOf } from './schema-parts.ts'

/** A name that an object's schema does not have. */
export interface UnknownName {
  /** Where the object is. */
  readonly path: readonly PropertyKey[]
  readonly name: string
  readonly known: readonly string[]
}

const MAX_DEPTH = 100

/**
 * The names in an input that its schema does not have. `z.object` ignores them, but a misspelt one must neither be
 * ignored nor stored: it may hold what the right one would have marked as secret.
 */
export function unknownNames(
  schema: z.core.$ZodType,
  value: JsonValue,
  path: readonly PropertyKey[] = [],
  depth = 0,
): readonly UnknownName[] {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return []
  const { same, inner, names } = partsOf(schema, value)
  const own = names === null ? [] : Object.keys(value).filter((name) => !names.includes(name))
  const around = readersOf(schema, same).map((one) => unknownNames(one, value, path, depth + 1))
  return [
    ...own.map((name) => ({ path, name, known: names ?? [] })),
    ...inAll(around),
    ...inner.flatMap(([key, one]) => unknownNames(one, Reflect.get(value, key), [...path, key], depth + 1)),
  ]
}

/** Of several schemas of one value, such as the options of a union, one knows the name. */
function inAll([first = [], ...others]: readonly (readonly UnknownName[])[]): readonly UnknownName[] {
  return first.filter((one) => others.every((other) => other.some((each) => isSame(each, one))))
}

function isSame(a: UnknownName, b: UnknownName): boolean {
  return a.name === b.name && a.path.length === b.path.length && a.path.every((key, index) => key === b.path[index])
}

/** Of a pipe only the first schema reads the input itself. What a transform reads is its own affair. */
function readersOf(schema: z.core.$ZodType, same: readonly z.core.$ZodType[]): readonly z.core.$ZodType[] {
  return schema instanceof z.core.$ZodPipe ? [schema._zod.def.in] : same
}
