import type { Logger } from '../ports/logger.ts'
import { isSecretName, MASK } from '../run/redact.ts'
import { type Redact, read } from '../run/stored-error.ts'

/**
 * The host's logger, which no secret reaches: every text in what is logged is redacted, in errors and their causes too,
 * and whatever stands under a name that says it is secret is masked.
 * What is handed on is a copy. Of an error it has what errors are told by, and `isSchedulerError` still knows ours;
 * of an object of a class, what its `toJSON` says, or else the name of the class.
 */
export function redactingLogger(logger: Logger, redact: Redact): Logger {
  const fieldsOf = (fields: object) => {
    const clean = redactValue(fields, redact, 0)
    return typeof clean === 'object' && clean !== null ? clean : { fields: clean }
  }
  return {
    debug: (fields, message) => logger.debug(fieldsOf(fields), redact(message)),
    info: (fields, message) => logger.info(fieldsOf(fields), redact(message)),
    warn: (fields, message) => logger.warn(fieldsOf(fields), redact(message)),
    error: (fields, message) => logger.error(fieldsOf(fields), redact(message)),
  }
}

/** Deeper than anyone logs on purpose, and an end to what refers to itself. */
const MAX_DEPTH = 6

function redactValue(value: unknown, redact: Redact, depth: number): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > MAX_DEPTH) return '[too deep]'
  const inner = (part: unknown) => redactValue(part, redact, depth + 1)
  try {
    if (value instanceof Error) return redactError(value, inner)
    if (Array.isArray(value)) return value.map(inner)
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype === null || prototype === Object.prototype)
      return Object.fromEntries(
        Object.entries(value).map(([key, part]) => [key, isMasked(key, part) ? MASK : inner(part)]),
      )
    if ('toJSON' in value && typeof value.toJSON === 'function') return inner(value.toJSON())
    return `[${value.constructor.name}]`
  } catch {
    return '[unreadable]'
  }
}

/** That a secret is there, or is not, is none itself. */
function isMasked(key: string, value: unknown): boolean {
  return isSecretName(key) && value !== null && value !== undefined && typeof value !== 'boolean'
}

/** What an error is told by. Whatever else it carries, such as a client's request with its headers, stays behind. */
const ERROR_FIELDS = ['name', 'message', 'stack', 'code', 'cause', 'errors', 'details', 'status', 'retryable']

/** With its symbols, so that `isSchedulerError` recognises the copy. */
function redactError(error: Error, inner: (part: unknown) => unknown): Error {
  const copy = new Error()
  for (const key of [...ERROR_FIELDS, ...Object.getOwnPropertySymbols(error)]) {
    const part = read(error, key)
    if (part !== undefined) Object.defineProperty(copy, key, { value: inner(part), configurable: true, writable: true })
  }
  return copy
}
