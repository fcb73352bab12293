/** An error as the ledger keeps it: capped, valid text, redacted. */
export interface StoredError {
  /** A machine code: our own, the thrown error's `code`, or `HANDLER_FAILED`. */
  readonly code: string
  readonly name: string
  readonly message: string
}

/** The longest stored message. A longer one is cut and ends with an ellipsis. */
export const MAX_MESSAGE_LENGTH = 1_000
const MAX_NAME_LENGTH = 100
const MACHINE_CODE = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/

/** Removes secrets from text before it is stored. */
export type Redact = (text: string) => string

/**
 * Converts a thrown value for the ledger. It never throws itself: not for `null`, strings, circular objects, getters
 * that throw, or huge or malformed text. It redacts before it cuts, so that no part of a secret remains at the end.
 */
export function toStoredError(thrown: unknown, redact: Redact): StoredError {
  const code = read(thrown, 'code')
  const name = read(thrown, 'name')
  const message = read(thrown, 'message')
  return {
    code: typeof code === 'string' && MACHINE_CODE.test(code) && redact(code) === code ? code : 'HANDLER_FAILED',
    name: clean(typeof name === 'string' && name !== '' ? name : typeof thrown, redact, MAX_NAME_LENGTH),
    message: clean(typeof message === 'string' ? message : describe(thrown), redact, MAX_MESSAGE_LENGTH),
  }
}

/** A property of a thrown value; `undefined` when it has none or reading it throws. */
export function read(thrown: unknown, key: PropertyKey): unknown {
  if (typeof thrown !== 'object' || thrown === null) return undefined
  try {
    return Reflect.get(thrown, key)
  } catch {
    return undefined
  }
}

function describe(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown
  if (typeof thrown === 'object' && thrown !== null) return 'A value that is no error was thrown.'
  return String(thrown)
}

/** Redacted, free of control characters and lone surrogates, at most `limit` long. */
function clean(text: string, redact: Redact, limit: number): string {
  // Bounds the cost of redacting a huge message. It is far above every limit.
  const redacted = redact(text.slice(0, 64 * 1024))
  const printable = redacted.toWellFormed().replace(CONTROL_CHARACTERS, '\u{fffd}')
  return printable.length <= limit ? printable : `${printable.slice(0, limit - 1).toWellFormed()}…`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes (PostgreSQL refuses NUL)
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g
