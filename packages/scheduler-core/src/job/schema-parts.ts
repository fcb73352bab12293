import type * as z from 'zod'

import type { JsonValue } from '../run/json-value.ts'

type Schema = z.core.$ZodType

/** The schemas inside a schema: those of the same value, and those of its parts by key. */
export interface SchemaParts {
  readonly same: readonly Schema[]
  readonly inner: readonly (readonly [string | number, Schema])[]
  /** The names of an object that takes no others; `null` where any name may come. */
  readonly names: readonly string[] | null
}

const NOTHING: SchemaParts = { same: [], inner: [], names: null }

/** What a schema asks of a value and of the parts that this value has. */
export function partsOf(schema: Schema, value: JsonValue): SchemaParts {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
    case 'success':
    case 'promise':
      return { ...NOTHING, same: [def.innerType] }
    case 'pipe':
      return { ...NOTHING, same: [def.in, def.out] }
    case 'union':
      return { ...NOTHING, same: def.options }
    case 'intersection':
      return { ...NOTHING, same: [def.left, def.right] }
    case 'lazy':
      return { ...NOTHING, same: [def.getter()] }
    case 'object':
      return objectParts(def, value)
    case 'record':
      return { ...NOTHING, inner: keysOf(value).map((key) => [key, def.valueType]) }
    case 'array':
      return { ...NOTHING, inner: indexesOf(value).map((index) => [index, def.element]) }
    case 'tuple':
      return { ...NOTHING, inner: indexesOf(value).flatMap((index) => at(index, def.items[index] ?? def.rest)) }
    default:
      return NOTHING
  }
}

function objectParts({ shape, catchall }: z.core.$ZodObjectDef, value: JsonValue): SchemaParts {
  if (Array.isArray(value)) return NOTHING
  const names = Object.keys(shape)
  const inner = keysOf(value).flatMap((key) => at(key, Object.hasOwn(shape, key) ? shape[key] : catchall))
  return { same: [], inner, names: catchall === undefined ? names : null }
}

function at<K extends string | number>(key: K, schema: Schema | null | undefined): (readonly [K, Schema])[] {
  return schema ? [[key, schema]] : []
}

function keysOf(value: JsonValue): readonly string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
}

function indexesOf(value: JsonValue): readonly number[] {
  return Array.isArray(value) ? Array.from(value.keys()) : []
}
