import { isSchedulerError, SchedulerError } from '../errors.ts'
import type { SessionOptions, SessionProvider } from '../ports/session-provider.ts'

/** Opens the library's own units of work and watches how they fare. */
export interface Units<S> {
  /** Runs `work` in a fresh session. Whatever breaks on the way is `STORE_UNAVAILABLE`, except our own refusals. */
  run<T>(
    name: string,
    work: (session: S) => Promise<T>,
    options?: Pick<SessionOptions, 'readOnly' | 'signal'>,
  ): Promise<T>
}

export interface UnitObserver {
  succeeded(): void
  failed(error: SchedulerError<'STORE_UNAVAILABLE'>): void
}

export function createUnits<S>(sessions: SessionProvider<S>, observer: UnitObserver): Units<S> {
  return {
    async run(name, work, options) {
      try {
        const result = await sessions.withSession(work, { ...options, unit: name })
        observer.succeeded()
        return result
      } catch (error) {
        if (isSchedulerError(error) && error.code !== 'STORE_UNAVAILABLE') throw error
        const unavailable = isSchedulerError(error, 'STORE_UNAVAILABLE')
          ? error
          : new SchedulerError('STORE_UNAVAILABLE', { operation: name }, { cause: error })
        observer.failed(unavailable)
        throw unavailable
      }
    },
  }
}
