import { SchedulerError } from '@pm/scheduler-core'

/** As logs and errors name this engine. */
export const ENGINE = 'bullmq'

/**
 * What is told of an error of Redis or of its client: a code such as `ECONNREFUSED` or `WRONGPASS`, and nothing else of it.
 * The client puts the arguments of the command beside its text, which for a refused AUTH are the password, and both it and the
 * server repeat what they do not understand.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  if ('code' in error && typeof error.code === 'string') return error.code
  return /^[A-Z]+(?= |$)/.exec(error.message)?.[0] ?? KNOWN.find((text) => error.message.includes(text)) ?? error.name
}

const KNOWN = ['Connection is closed', "Stream isn't writeable", 'Missing lock', 'Missing key', 'Lock mismatch']

/** `ENGINE_UNAVAILABLE`, with no more of the cause than its code. */
export function unavailable(operation: string, cause: unknown): SchedulerError {
  return new SchedulerError('ENGINE_UNAVAILABLE', { engine: ENGINE, operation }, { cause: new Error(reasonOf(cause)) })
}

/** Rejects when the work takes longer than `ms`. The work goes on, and what becomes of it is not looked at. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('TIMEOUT')), ms)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}
