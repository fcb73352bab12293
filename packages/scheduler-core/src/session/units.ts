import { isSchedulerError, SchedulerError } from '../errors.ts'
import type { SessionOptions, SessionProvider } from '../ports/session-provider.ts'

/** Runs the library's own units of work and records whether they succeed. */
export interface Units<S> {
  /** How many units are known to have written to the store. */
  readonly writes: number
  /**
   * Runs `work` in a new session. Every failure is rethrown as `STORE_UNAVAILABLE`, except `STORE_REFUSED`, the library's
   * own refusals, and the reason of the signal by which a unit that only reads was broken off.
   */
  run<T>(name: string, work: (session: S) => Promise<T>, options?: UnitOptions<T>): Promise<T>
}

export interface UnitOptions<T> extends Pick<SessionOptions, 'readOnly' | 'signal'> {
  /** The unit may well fail, and its failure says nothing about the store's state (default false). */
  readonly isProbe?: boolean
  /**
   * The unit writes values from outside, so that `STORE_REFUSED` blames the values and not the store (default false).
   */
  readonly mayBeRefused?: boolean
  /** Whether the unit's answer proves a write (default: never, because a unit may find nothing to write). */
  readonly wrote?: (answer: T) => boolean
}

export interface UnitObserver {
  succeeded(unit: { readonly wrote: boolean }): void
  failed(unit: { readonly readOnly: boolean }): void
}

export function createUnits<S>(sessions: SessionProvider<S>, observer: UnitObserver): Units<S> {
  let writes = 0
  return {
    get writes() {
      return writes
    },
    async run(name, work, { isProbe = false, mayBeRefused = false, wrote = () => false, ...options } = {}) {
      try {
        const answer = await sessions.withSession(work, { ...options, unit: name, isOwn: true })
        const hasWritten = wrote(answer)
        if (hasWritten) writes++
        observer.succeeded({ wrote: hasWritten })
        return answer
      } catch (error) {
        if (isNoFailure(error, options)) throw error
        const isRefused = isSchedulerError(error, 'STORE_REFUSED')
        const isNews = !isProbe && !(isRefused && mayBeRefused)
        if (isNews) observer.failed({ readOnly: options.readOnly === true })
        throw isSchedulerError(error)
          ? error
          : new SchedulerError('STORE_UNAVAILABLE', { operation: name }, { cause: error })
      }
    },
  }
}

/**
 * Whether the library itself refused, or whoever asked has gone or waited long enough: such an error says nothing about the
 * store's state.
 */
function isNoFailure(error: unknown, { readOnly, signal }: Pick<SessionOptions, 'readOnly' | 'signal'>): boolean {
  if (readOnly && signal?.aborted) return true
  return isSchedulerError(error) && error.code !== 'STORE_UNAVAILABLE' && error.code !== 'STORE_REFUSED'
}
