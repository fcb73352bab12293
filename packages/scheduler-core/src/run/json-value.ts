import { MAX_INPUT_DEPTH } from '../limits.ts'

/** What JSON can say. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/** Why a value is no JSON: where, and what was expected there. */
export interface NoJson {
  readonly path: readonly PropertyKey[]
  readonly expected: string
}

const PLAIN = 'JSON: null, true or false, finite numbers, text, lists and plain objects'
const DEEP = `at most ${MAX_INPUT_DEPTH} levels of lists and objects`

/**
 * Finds the first part of a value that JSON cannot say, or that a store could not keep; `null` when there is none. It
 * may be called with anything: it reads no getter twice and ends on cycles.
 */
export function findNoJson(value: unknown, path: readonly PropertyKey[] = []): NoJson | null {
  if (path.length > MAX_INPUT_DEPTH) return { path: path.slice(0, 8), expected: DEEP }
  switch (typeof value) {
    case 'boolean':
      return null
    case 'string':
      return isStorable(value) ? null : { path, expected: 'text without NUL and lone surrogates' }
    case 'number':
      return Number.isFinite(value) ? null : { path, expected: 'a finite number' }
    case 'object':
      return value === null ? null : findIn(value, path)
    default:
      return { path, expected: PLAIN }
  }
}

function findIn(value: object, path: readonly PropertyKey[]): NoJson | null {
  const isList = Array.isArray(value)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (!isList && prototype !== Object.prototype && prototype !== null) return { path, expected: PLAIN }
  for (const [key, part] of Object.entries(value)) {
    if (key === '__proto__' || !isStorable(key)) return { path, expected: 'names without NUL, and not __proto__' }
    // A field that is undefined is left out, as in JSON.
    if (part === undefined && !isList) continue
    const found = findNoJson(part, [...path, isList ? Number(key) : key])
    if (found) return found
  }
  return null
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000')
}

/** The texts in a value, with those of its parts. */
export function* textsIn(value: JsonValue): Iterable<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* textsIn(part)
}
