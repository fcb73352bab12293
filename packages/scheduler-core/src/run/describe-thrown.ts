import { isObject, read } from './read-thrown.ts'

/** How many fields of a thrown object are told. */
const MOST_FIELDS = 20
/** How much of each. */
const MOST_TEXT = 500

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
  if (!isObject(thrown)) return `${String(thrown)} was thrown.`
  if (typeof message === 'string') return 'The error has no message.'
  const fields = fieldsOf(thrown)
  return fields === null ? 'A value that is no error was thrown.' : `A value that is no error was thrown: ${fields}`
}

/** The plain fields of an object as JSON; `null` when it has none, or cannot be read. */
function fieldsOf(thrown: object): string | null {
  try {
    const fields = Object.keys(thrown)
      .slice(0, MOST_FIELDS)
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
  if (typeof value === 'string') return value.slice(0, MOST_TEXT)
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  return isObject(value) ? '[object]' : undefined
}
