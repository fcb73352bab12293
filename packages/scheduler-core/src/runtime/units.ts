import { isSchedulerError, SchedulerError } from '../errors.ts'
import type { SessionOptions, SessionProvider } from '../ports/session-provider.ts'

/** Opens the library's own units of work and watches how they fare. */
export interface Units<S> {
  /** How many units that may write have committed. */
  readonly commits: number
  /** Runs `work` in a fresh session. Whatever breaks on the way is `STORE_UNAVAILABLE`, except our own refusals. */
  run<T>(name: string, work: (session: S) => Promise<T>, options?: UnitOptions): Promise<T>
}

export interface UnitOptions extends Pick<SessionOptions, 'readOnly' | 'signal'> {
  /** It tries something that may well be refused: its failure is no news of the store (default false). */
  readonly isProbe?: boolean
}

export interface UnitObserver {
  succeeded(): void
  failed(error: SchedulerError<'STORE_UNAVAILABLE'>): void
}

export function createUnits<S>(sessions: SessionProvider<S>, observer: UnitObserver): Units<S> {
  let commits = 0
  return {
    get commits() {
      return commits
    },
    async run(name, work, { isProbe = false, ...options } = {}) {
      try {
        const result = await sessions.withSession(work, { ...options, unit: name, isOwn: true })
        if (!options.readOnly) commits++
        observer.succeeded()
        return result
      } catch (error) {
        if (isSchedulerError(error) && error.code !== 'STORE_UNAVAILABLE') throw error
        const unavailable = isSchedulerError(error, 'STORE_UNAVAILABLE')
          ? error
          : new SchedulerError('STORE_UNAVAILABLE', { operation: name }, { cause: error })
        if (!isProbe) observer.failed(unavailable)
        throw unavailable
      }
    },
  }
}
