import * as z from 'zod'
import { MASK, type Redact } from '../redact/redact.ts'
import { isSecretName } from '../redact/secret-names.ts'
import type { JsonValue } from '../run/json-value.ts'
import { type JsonSchema, toJsonSchema } from './json-schema.ts'
import { partsOf } from './schema-parts.ts'

/**
 * Marks a part of a job's input as secret: the handler gets it, and no store, log or answer does. The mark is JSON
 * Schema's `writeOnly`, which the OpenAPI document shows, and stays on schemas that are made from this one.
 *
 * @example
 * input: z.object({ account: z.string(), apiKey: secretInput(z.string().min(20)) })
 */
export function secretInput<T extends z.ZodType>(schema: T): T {
  return schema.meta({ ...schema.meta(), writeOnly: true })
}

/** Beyond this many schemas around one value, such as a `z.lazy` of itself, all of it is taken for secret. */
const MAX_DEPTH = 100

/** The input as it is stored: without what the schema, a secret name or the scheduler's `secrets` keep out of sight. */
export function withoutSecrets(schema: z.core.$ZodType, input: JsonValue, redact: Redact): JsonValue {
  return redactTexts(mask(schema, input, 0), redact)
}

/** Whether something was taken out of a stored input. No input that comes in has the mask itself. */
export function hasLost(stored: JsonValue): boolean {
  if (typeof stored === 'string') return stored.includes(MASK)
  return typeof stored === 'object' && stored !== null && Object.entries(stored).flat().some(hasLost)
}

function mask(schema: z.core.$ZodType, value: JsonValue, depth: number): JsonValue {
  if (value === null) return null
  if (depth > MAX_DEPTH || isSecret(schema)) return MASK
  const { same, inner } = partsOf(schema, value)
  const around = same.reduce<JsonValue>((rest, one) => mask(one, rest, depth + 1), value)
  if (inner.length === 0 || typeof around !== 'object' || around === null) return around
  const parts = new Map(inner.map(([key, one]) => [String(key), one]))
  return mapParts(around, (key, part) => {
    const one = parts.get(key)
    return one ? mask(one, part, depth + 1) : part
  })
}

/** Also what is transformed before its schema sees it: one cannot tell which part of it becomes the secret one. */
function isSecret(schema: z.core.$ZodType): boolean {
  if (z.globalRegistry.get(schema)?.['writeOnly'] === true) return true
  if (!(schema instanceof z.core.$ZodPipe) || !(schema._zod.def.in instanceof z.core.$ZodTransform)) return false
  return saysSecret(toJsonSchema(schema._zod.def.out))
}

/** Whether some part of what a schema accepts is marked as secret. */
export function saysSecret(schema: JsonSchema): boolean {
  return JSON.stringify(schema).includes('"writeOnly":true')
}

function redactTexts(value: JsonValue, redact: Redact): JsonValue {
  if (typeof value === 'string') return redact(value)
  if (typeof value !== 'object' || value === null) return value
  const clean = mapParts(value, (key, part) => {
    const isSecret = isSecretName(key) && part !== null && typeof part !== 'boolean'
    return isSecret ? MASK : redactTexts(part, redact)
  })
  // The keys of a record are texts too. Two of them may become one: the input is lost either way.
  return Array.isArray(clean)
    ? clean
    : Object.fromEntries(Object.entries(clean).map(([key, part]) => [redact(key), part]))
}

type Branch = readonly JsonValue[] | { readonly [key: string]: JsonValue }

function mapParts(value: Branch, change: (key: string, part: JsonValue) => JsonValue): Branch {
  if (Array.isArray(value)) return value.map((part: JsonValue, index) => change(String(index), part))
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(key, part)]))
}
