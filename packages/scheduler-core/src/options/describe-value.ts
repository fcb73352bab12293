import { MAX_SHOWN_BITS } from '../limits.ts'

/**
 * A value as an error message shows it: on one line, at most about 60 characters, and safe for every value. It reads no
 * property, so getters that throw, cycles and secrets inside objects do no harm.
 */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > LIMIT ? `${value.slice(0, LIMIT - 1)}…` : value)
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    case 'bigint':
      return shorten(bigIntAsText(value, 'n'))
    case 'function':
      return 'a function'
    case 'object':
      return value === null ? 'null' : describeObject(value)
    default:
      return shorten(String(value))
  }
}

/** The digits of a whole number; of a huge one, which would take minutes to write, that it is one. */
export function bigIntAsText(value: bigint, unit = ''): string {
  return isHuge(value) ? 'a huge whole number' : `${value}${unit}`
}

/** Whether a whole number has more bits than are shown. */
export function isHuge(value: bigint): boolean {
  return BigInt.asIntN(MAX_SHOWN_BITS, value) !== value
}

const LIMIT = 60

function describeObject(value: object): string {
  try {
    if (Array.isArray(value)) return `an array of ${value.length}`
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : value.toISOString()
  } catch {
    // A revoked proxy refuses even these questions.
  }
  return 'an object'
}

function shorten(text: string): string {
  return text.length > LIMIT ? `${text.slice(0, LIMIT - 1)}…` : text
}
