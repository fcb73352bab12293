const LIMIT = 60

/** A value as an error message shows it: short, printable, and safe whatever the value does. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > LIMIT ? `${value.slice(0, LIMIT - 1)}…` : value)
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  return String(value)
}
