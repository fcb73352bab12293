import { isSchedulerError, SchedulerError } from '../errors.ts'
import type { SessionOptions, SessionProvider } from '../ports/session-provider.ts'

/** Opens the library's own units of work and watches how they fare. */
export interface Units<S> {
  /** How many units were seen to have written something. */
  readonly writes: number
  /** Runs `work` in a fresh session. Whatever breaks on the way is `STORE_UNAVAILABLE`, except `STORE_REFUSED` and our own refusals. */
  run<T>(name: string, work: (session: S) => Promise<T>, options?: UnitOptions<T>): Promise<T>
}

export interface UnitOptions<T> extends Pick<SessionOptions, 'readOnly' | 'signal'> {
  /** It tries something that may well be refused: its failure is no news of the store (default false). */
  readonly isProbe?: boolean
  /** What it writes came from outside: `STORE_REFUSED` is news of that and not of the store (default false). */
  readonly mayBeRefused?: boolean
  /** Whether its answer proves that the store took a write (default never: a unit that may write may find nothing to). */
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
        if (isOurs(error)) throw error
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

/** A refusal of ours, which says nothing of the store. */
function isOurs(error: unknown): boolean {
  return isSchedulerError(error) && error.code !== 'STORE_UNAVAILABLE' && error.code !== 'STORE_REFUSED'
}
