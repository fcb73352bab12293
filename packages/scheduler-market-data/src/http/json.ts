/** A number of a JSON text that a double does not hold to the last digit. Text of an answer cannot imitate it. */
export class JsonNumber {
  readonly source: string

  constructor(source: string) {
    this.source = source
  }
}

/** Parses JSON; `undefined` for a text that is not JSON. */
export type JsonReader = (text: string) => unknown

/**
 * A reader that keeps every digit of the numbers under `exactKeys`: one that a double does not hold becomes a
 * `JsonNumber`. A text without such a number, which is the rule, is parsed without looking at each value, which takes a
 * sixth of the time.
 */
export function createJsonReader(exactKeys: readonly string[] = []): JsonReader {
  const long = exactKeys.length === 0 ? null : new RegExp(`"(?:${exactKeys.join('|')})"\\s*:\\s*-?[\\d.]{16,}`)
  return (text) => {
    try {
      return long?.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
    } catch {
      return undefined
    }
  }
}

/** The value of a field for `checkQuote`, where a price in quotation marks is no price. */
export function decimalOf(value: unknown): unknown {
  if (value instanceof JsonNumber) return value.source
  return typeof value === 'string' && value !== '' ? { text: value } : value
}

/** The number of a field; any other value is returned unchanged. */
export function numberOf(value: unknown): unknown {
  return value instanceof JsonNumber ? Number(value.source) : value
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source
  return typeof value === 'number' && source !== undefined && String(value) !== source ? new JsonNumber(source) : value
}
