import type { Logger } from '../ports/logger.ts'
import { MASK, type Redact } from '../redact/redact.ts'
import { isSecretName } from '../redact/secret-names.ts'
import { showHidden } from '../redact/show-hidden.ts'
import { read } from '../run/read-thrown.ts'

/**
 * A logger that keeps secrets from the host's logger. It redacts every text, also in errors and their causes and in the
 * names of fields, shows hidden characters by their escapes, and masks every value with a secret name. The host's logger gets a copy: of an error the fields below, recognisable by
 * `isSchedulerError`; of a class instance the result of its `toJSON`, or else the name of its class.
 */
export function redactingLogger(logger: Logger, redactSecrets: Redact): Logger {
  const redact: Redact = (text) => showHidden(redactSecrets(text))
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

/** Objects deeper than this are logged as `[too deep]`, which also ends cycles. */
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
        Object.entries(value).map(([key, part]) => [redact(key), isMasked(key, part) ? MASK : inner(part)]),
      )
    if ('toJSON' in value && typeof value.toJSON === 'function') return inner(value.toJSON())
    return `[${value.constructor.name}]`
  } catch {
    return '[unreadable]'
  }
}

/** Whether to mask a value. Booleans, `null` and `undefined` stay: whether a secret exists is no secret. So do counts. */
function isMasked(key: string, value: unknown): boolean {
  if (typeof value === 'number' && /(?:tokens|pass|auth)$/i.test(key)) return false
  return isSecretName(key) && value !== null && value !== undefined && typeof value !== 'boolean'
}

/** The fields of an error that are logged. Others, such as an HTTP client's request with its headers, are dropped. */
const ERROR_FIELDS = ['name', 'message', 'stack', 'code', 'cause', 'errors', 'details', 'status', 'retryable']

/** Copies the error's symbols too, so that `isSchedulerError` recognises the copy. */
function redactError(error: Error, inner: (part: unknown) => unknown): Error {
  const copy = new Error()
  for (const key of [...ERROR_FIELDS, ...Object.getOwnPropertySymbols(error)]) {
    const part = read(error, key)
    if (part !== undefined) Object.defineProperty(copy, key, { value: inner(part), configurable: true, writable: true })
  }
  return copy
}
