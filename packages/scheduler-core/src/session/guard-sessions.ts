import { type Clock, systemClock } from '../clock.ts'
import { SchedulerError } from '../errors.ts'
import type { RunId } from '../ids.ts'
import type { SessionOptions, SessionProvider } from '../ports/session-provider.ts'
import { readPool } from './read-pool.ts'
import { createSessionMembrane } from './session-membrane.ts'

export interface GuardSessionsOptions {
  /** Default the host's own clock. */
  readonly clock?: Clock
  /**
   * Called when a session is used after its unit of work, just before that use throws `SESSION_CLOSED`. So the leak is
   * reported even when the caller swallows the error.
   */
  readonly onLeak?: (leak: SessionLeak) => void
  /** Called with the open sessions when the pool is exhausted, and not again before the pool has recovered. */
  readonly onExhausted?: (held: readonly OpenSession[]) => void
}

/** A session that a unit of work holds. */
export interface OpenSession {
  readonly unit: string
  /** The job whose handler asked for it; `null` when no handler did. */
  readonly job: string | null
  /** How long the unit has held the session. */
  readonly sinceMs: number
}

/** How to open a guarded session. */
export interface GuardedSessionOptions extends SessionOptions {
  /** The run whose handler asks for it; the provider is not told. */
  readonly run?: RunOfSession
}

/** The run whose handler has a session. */
export interface RunOfSession {
  readonly job: string
  readonly runId: RunId
}

/** A session that outlived its unit of work, and the run whose handler had it. */
export interface SessionLeak extends Partial<RunOfSession> {
  /** The name of the session's unit of work. */
  readonly unit: string
  /** The stack where the unit was opened; empty for a unit of the library, which its name tells. */
  readonly openedAt: string
  /** The stack where the session was used afterwards. */
  readonly usedAt: string
}

/** Counts of the sessions that were handed out. Each is either open or closed. */
export interface SessionStats {
  readonly opened: number
  readonly closed: number
  readonly open: number
}

export interface GuardedSessionProvider<S> extends SessionProvider<S> {
  withSession<T>(work: (session: S) => Promise<T>, options?: GuardedSessionOptions): Promise<T>
  stats(): SessionStats
  /** How long the oldest open session has been open; `null` when none is open. */
  longestOpenMs(): number | null
  /** The open sessions, oldest first. */
  openSessions(): readonly OpenSession[]
  /**
   * Whether the pool is exhausted: a unit got no session in time while others waited for one. It is false again once a
   * unit gets a session and no other waits. Always false for a provider without `pool`.
   */
  readonly isExhausted: boolean
}

/**
 * Makes it impossible to use a session after its unit of work. The work gets the provider's session behind a guard. The
 * guard is revoked when the work ends, before the commit: any later use of the session, or of an object that belongs to
 * it, throws `SESSION_CLOSED` with the name of the unit. When a provider hands out one session object twice, the second
 * unit fails with `SESSION_REUSED` and is rolled back.
 */
export function guardSessions<S extends object>(
  provider: SessionProvider<S>,
  { clock = systemClock, onLeak, onExhausted }: GuardSessionsOptions = {},
): GuardedSessionProvider<S> {
  const firstUnits = new WeakMap<S, string>()
  const open = new Set<Opening>()
  let opened = 0
  let isExhausted = false

  const isAwaited = () => (readPool(provider).waiting ?? 0) > 0

  const openSessions = () =>
    [...open].map(({ unit, run, sinceMonotonic }) => {
      return { unit, job: run?.job ?? null, sinceMs: clock.monotonic() - sinceMonotonic }
    })

  /**
   * Called when a unit failed without getting a session. When others wait for one too, the pool is exhausted; otherwise
   * the database is the cause.
   */
  function onNoSession(): void {
    if (isExhausted || !isAwaited()) return
    isExhausted = true
    onExhausted?.(openSessions())
  }

  function handOut(raw: S, opening: Opening): S {
    const { unit } = opening
    const firstUnit = firstUnits.get(raw)
    if (firstUnit !== undefined) throw new SchedulerError('SESSION_REUSED', { unit, firstUnit })
    firstUnits.set(raw, unit)
    opened++
    open.add(opening)
    if (isExhausted && !isAwaited()) isExhausted = false
    const membrane = createSessionMembrane(raw, () => {
      const error = new SchedulerError('SESSION_CLOSED', { unit })
      const openedAt = opening.origin ? stackOf(opening.origin) : ''
      onLeak?.({ unit, ...opening.run, openedAt, usedAt: stackOf(error) })
      throw error
    })
    opening.end = membrane.end
    return membrane.session
  }

  return {
    async withSession(work, { run, ...options } = {}) {
      const origin = options.isOwn ? null : new Error('opened here')
      const openings: Opening[] = []
      try {
        return await provider.withSession(async (raw) => {
          const { unit = 'unnamed' } = options
          const opening: Opening = { unit, run, sinceMonotonic: clock.monotonic(), origin, end: () => {} }
          openings.push(opening)
          const session = handOut(raw, opening)
          try {
            return await work(session)
          } finally {
            opening.end()
          }
        }, options)
      } catch (error) {
        if (openings.length === 0 && !options.signal?.aborted) onNoSession()
        throw error
      } finally {
        for (const opening of openings) open.delete(opening)
      }
    },
    stats: () => ({ opened, closed: opened - open.size, open: open.size }),
    openSessions,
    get isExhausted() {
      return isExhausted
    },
    longestOpenMs: () => {
      const [oldest] = open
      return oldest ? clock.monotonic() - oldest.sinceMonotonic : null
    },
  }
}

interface Opening {
  readonly unit: string
  readonly run: RunOfSession | undefined
  readonly sinceMonotonic: number
  /** Made where the unit was opened; `null` for a unit of the library. Its stack is formatted only when it is read. */
  readonly origin: Error | null
  end: () => void
}

/** The frames of an error without its first line. */
function stackOf({ stack = '' }: Error): string {
  return stack.slice(stack.indexOf('\n') + 1)
}
