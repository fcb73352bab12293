import { SchedulerError } from '../errors.ts'
import type { View } from './access.ts'
import { unsafeAllowAll } from './authorize.ts'

/** Throws `INVALID_OPTIONS`, with the path of what is wrong, unless these are the options of one of the views. */
export function checkOptions(options: unknown): void {
  const given = isRecord(options) ? options : refuse('options', options, 'an object')
  const view = isView(given['view']) ? given['view'] : refuse('view', given['view'], 'admin, market-data or health')
  const known: readonly string[] = [
    ...COMMON,
    ...(view === 'health' ? [] : GUARDED),
    ...(view === 'admin' ? ADMIN : []),
  ]
  for (const key of Object.keys(given)) if (!known.includes(key)) refuse(key, given[key], `one of ${known.join(', ')}`)
  checkFunction(given, 'onError')
  if (view !== 'health') checkGuard(given)
  if (view === 'admin') checkControl(given)
}

const COMMON = ['view', 'onError', 'clock']
const GUARDED = ['authorize', 'authorizeTimeoutMs', 'environment', 'emptyRate']
const ADMIN = ['control', 'allowedOrigins']

type Given = Readonly<Record<string, unknown>>

function checkGuard({ authorize, environment, authorizeTimeoutMs = 1, emptyRate = null }: Given): void {
  if (isRecord(authorize) && authorize['kind'] === unsafeAllowAll.kind) {
    if (typeof environment !== 'string' || environment === 'production')
      refuse('authorize', 'unsafeAllowAll', 'a function, since the environment is production or unknown')
  } else if (typeof authorize !== 'function') {
    refuse('authorize', authorize, 'a function that decides about every request')
  }
  if (!isPositive(authorizeTimeoutMs)) refuse('authorizeTimeoutMs', authorizeTimeoutMs, 'milliseconds, more than 0')
  if (emptyRate !== null && emptyRate !== 0) refuse('emptyRate', emptyRate, 'null or 0')
}

function checkControl({ control = false, allowedOrigins = [] }: Given): void {
  if (typeof control !== 'boolean') refuse('control', control, 'true or false')
  if (!Array.isArray(allowedOrigins)) refuse('allowedOrigins', allowedOrigins, 'an array')
  for (const [index, origin] of Object.entries(allowedOrigins))
    if (typeof origin !== 'string' || !URL.canParse(origin) || new URL(origin).origin !== origin)
      refuse(`allowedOrigins[${index}]`, origin, 'an origin such as https://ops.example.com')
}

function checkFunction(given: Given, key: string): void {
  if (given[key] !== undefined && typeof given[key] !== 'function') refuse(key, given[key], 'a function')
}

function refuse(path: string, received: unknown, expected: string): never {
  const shown = typeof received === 'string' ? `"${received.slice(0, 80)}"` : typeof received
  throw new SchedulerError('INVALID_OPTIONS', { path, received: received === null ? 'null' : shown, expected })
}

function isRecord(value: unknown): value is Given {
  return typeof value === 'object' && value !== null
}

function isView(value: unknown): value is View {
  return value === 'admin' || value === 'market-data' || value === 'health'
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value > 0
}
