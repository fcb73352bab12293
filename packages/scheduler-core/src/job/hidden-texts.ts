import { MASK } from '../redact/redact.ts'
import type { JsonValue } from '../run/json-value.ts'

/** Shorter texts are in too many others: taking them out would leave no sentence whole. */
const SHORTEST = 4

/** The texts of an input that its stored form hides. */
export function hiddenTexts(input: JsonValue, stored: JsonValue): readonly string[] {
  return [...hiddenIn(input, stored)].filter(({ length }) => length >= SHORTEST)
}

function* hiddenIn(input: JsonValue, stored: JsonValue): Iterable<string> {
  if (typeof input !== 'object' || input === null) {
    if (input !== stored && typeof input !== 'boolean') yield String(input)
    return
  }
  for (const [key, part] of Object.entries(input)) {
    const kept: unknown = typeof stored === 'object' && stored !== null ? Reflect.get(stored, key) : MASK
    yield* hiddenIn(part, kept as JsonValue)
  }
}
