import { MAX_THROWN_FIELD, MAX_THROWN_FIELDS } from '../limits.ts'
import { bigIntAsText } from '../options/describe-value.ts'
import { isObject, read } from './read-thrown.ts'

/** The name of what was thrown: that of an error, or else its type: `string`, `null`, `object`. */
export function nameOf(thrown: unknown): string {
  const name = read(thrown, 'name')
  if (typeof name === 'string' && name !== '') return name
  return thrown === null ? 'null' : typeof thrown
}

/**
 * What a thrown value says, in words that are never empty: its message; of one that is no error, the value itself or
 * the plain fields of the object.
 */
export function describeThrown(thrown: unknown): string {
  const message = read(thrown, 'message')
  if (typeof message === 'string' && message.trim() !== '') return message
  if (typeof thrown === 'string') return thrown.trim() === '' ? 'An empty text was thrown.' : thrown
  if (typeof thrown === 'bigint') return `${bigIntAsText(thrown)} was thrown.`
  if (!isObject(thrown)) return `${String(thrown)} was thrown.`
  if (typeof message === 'string') return 'The error has no message.'
  const fields = fieldsOf(thrown)
  return fields === null ? 'A value that is no error was thrown.' : `A value that is no error was thrown: ${fields}`
}

/** The plain fields of an object as JSON; `null` when it has none, or cannot be read. */
function fieldsOf(thrown: object): string | null {
  try {
    const fields = Object.keys(thrown)
      .slice(0, MAX_THROWN_FIELDS)
      .flatMap((key) => {
        const value = plain(read(thrown, key))
        return value === undefined ? [] : [[key, value] as const]
      })
    return fields.length === 0 ? null : JSON.stringify(Object.fromEntries(fields))
  } catch {
    return null
  }
}

function plain(value: unknown): string | number | boolean | null | undefined {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return value.slice(0, MAX_THROWN_FIELD)
  if (typeof value === 'bigint') return bigIntAsText(value)
  if (typeof value === 'number') return String(value)
  return isObject(value) ? '[object]' : undefined
}
