import { isSchedulerError, SchedulerError } from '@pm/scheduler-core'

export const ENGINE = 'pg-boss'
export const SUPPORTED = 'pg-boss ^12.26.4'

export function unsupported(found: string, cause?: unknown): SchedulerError<'ENGINE_UNSUPPORTED'> {
  return new SchedulerError('ENGINE_UNSUPPORTED', { engine: ENGINE, found, supported: SUPPORTED }, withCause(cause))
}

/** Waits `limitMs` for an answer. Rejects with `ENGINE_UNAVAILABLE`, or with an error of the catalogue as it is. */
export async function answered<T>(operation: string, limitMs: number, work: () => Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`No answer within ${limitMs} ms.`)), limitMs)
  try {
    return await Promise.race([work(), late.promise])
  } catch (error) {
    if (isSchedulerError(error)) throw error
    throw new SchedulerError('ENGINE_UNAVAILABLE', { engine: ENGINE, operation }, withCause(error))
  } finally {
    clearTimeout(timer)
  }
}

/**
 * What is worth telling of a foreign error. Its other properties are left out: one of a wrong URL has the URL, with its
 * password.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no error'
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
  // An AggregateError of a connection has no message of its own.
  const message =
    error.message || (error instanceof AggregateError ? error.errors.map(reasonOf).join('; ') : error.name)
  return message.replace(/\b\w+:\/\/\S+/g, '(a URL)') + code
}

function withCause(cause: unknown): { cause?: Error } {
  return cause === undefined ? {} : { cause: new Error(reasonOf(cause)) }
}
