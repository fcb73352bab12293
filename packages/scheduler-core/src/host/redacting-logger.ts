import { MAX_LOGGED_DEPTH, MAX_LOGGED_TEXT, MAX_LOGGED_VALUES, MAX_READ_TEXT } from '../limits.ts'
import { bigIntAsText, isHuge } from '../options/describe-value.ts'
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
    const clean = redactValue(fields, { redact, values: MAX_LOGGED_VALUES, characters: MAX_LOGGED_TEXT }, 0)
    return typeof clean === 'object' && clean !== null ? clean : { fields: clean }
  }
  const said = (message: string) => redactText(message, redact, MAX_READ_TEXT)
  return {
    debug: (fields, message) => logger.debug(fieldsOf(fields), said(message)),
    info: (fields, message) => logger.info(fieldsOf(fields), said(message)),
    warn: (fields, message) => logger.warn(fieldsOf(fields), said(message)),
    error: (fields, message) => logger.error(fieldsOf(fields), said(message)),
  }
}

/** One line on its way: so many values and characters may follow, whatever refers to what. */
interface Line {
  readonly redact: Redact
  values: number
  characters: number
}

function redactValue(value: unknown, line: Line, depth: number): unknown {
  // Each field of the line itself is there, whatever the others have used up: it says whose line it is.
  if (depth > 1 && line.values-- <= 0) return '[too much]'
  if (typeof value === 'string') return redactIn(line, value)
  if (typeof value === 'bigint' && isHuge(value)) return bigIntAsText(value)
  if (typeof value !== 'object' || value === null) return value
  return depth > MAX_LOGGED_DEPTH ? '[too deep]' : redactObject(value, line, depth)
}

function redactObject(value: object, line: Line, depth: number): unknown {
  const inner = (part: unknown) => redactValue(part, line, depth + 1)
  try {
    if (value instanceof Error) return redactError(value, inner)
    if (Array.isArray(value)) return upTo(line, value).map(inner)
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype === null || prototype === Object.prototype)
      return Object.fromEntries(
        upTo(line, Object.keys(value)).map((key) => {
          const part: unknown = Reflect.get(value, key)
          return [line.redact(key), isMasked(key, part) ? MASK : inner(part)]
        }),
      )
    if ('toJSON' in value && typeof value.toJSON === 'function') return inner(value.toJSON())
    return `[${value.constructor.name}]`
  } catch {
    return '[unreadable]'
  }
}

/** No more parts than are left of the line, and one that says so. */
function upTo<T>({ values }: Line, parts: readonly T[]): readonly T[] {
  return parts.length > values ? parts.slice(0, Math.max(0, values) + 1) : parts
}

function redactIn(line: Line, value: string): string {
  const text = redactText(value, line.redact, Math.max(SHORT, Math.min(MAX_READ_TEXT, line.characters)))
  line.characters = Math.max(0, line.characters - text.length)
  return text
}

/** What is cut off may have been the rest of a secret: so the end of what was searched is dropped too. */
function redactText(text: string, redact: Redact, limit: number): string {
  if (text.length <= limit) return redact(text)
  return `${redact(text.slice(0, limit)).slice(0, -LONGEST_SECRET).toWellFormed()}…`
}

const LONGEST_SECRET = 4_096
/** A text of so many characters is logged whole, however much was before it. */
const SHORT = 1_000

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
