/** The logger's own fields: what a caller names so is written as `field_time`, so that it cannot pass for the logger's. */
const OWN = new Set(['level', 'time', 'msg'])

/**
 * The fields of a caller as plain JSON: errors as their code and message and those of their causes, without a stack; what
 * JSON cannot hold as a word for it.
 */
export function plainFields(fields: object): Record<string, unknown> {
  const entries = Object.entries(fields).map(([key, value]) => [OWN.has(key) ? `field_${key}` : key, plain(value)])
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** JSON calls a `toJSON` of the value; one of the fields themselves would answer for the whole line, so none is left. */
function plain(value: unknown): unknown {
  if (value instanceof Error) return describe(value)
  if (typeof value === 'function' || value === undefined) return undefined
  try {
    const text = JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))
    return text === undefined ? String(value) : (JSON.parse(text) as unknown)
  } catch {
    return '[not JSON]'
  }
}

function describe(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : ''
  const cause = error.cause instanceof Error ? ` (${describe(error.cause)})` : ''
  return `${code}${error.message}${cause}`
}
