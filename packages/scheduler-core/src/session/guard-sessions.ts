import { type Clock, systemClock } from '../clock.ts'
import { SchedulerError } from '../errors.ts'
import type { SessionProvider } from '../ports/session-provider.ts'
import { createSessionMembrane } from './session-membrane.ts'

export interface GuardSessionsOptions {
  /** Default the host's own clock. */
  readonly clock?: Clock
  /**
   * Called when a session is used after its unit of work, just before that use throws `SESSION_CLOSED`: so that it is
   * noticed even where the error is swallowed.
   */
  readonly onLeak?: (leak: SessionLeak) => void
  /** Called when the pool turns out to be exhausted, with what holds its sessions; and not again before it has recovered. */
  readonly onExhausted?: (held: readonly OpenSession[]) => void
}

/** A session that a unit of work has in its hands. */
export interface OpenSession {
  readonly unit: string
  /** For how long. */
  readonly sinceMs: number
}

/** A session that outlived its unit of work. */
export interface SessionLeak {
  /** The unit of work whose session it was. */
  readonly unit: string
  /** Where the unit was opened. */
  readonly openedAt: string
  /** Where the session was used. */
  readonly usedAt: string
}

/** Every session that was ever handed out is closed or open. */
export interface SessionStats {
  readonly opened: number
  readonly closed: number
  readonly open: number
}

export interface GuardedSessionProvider<S> extends SessionProvider<S> {
  stats(): SessionStats
  /** How long the session has been open that is open longest; `null` when none is. */
  longestOpenMs(): number | null
  /** The sessions that are open, the oldest first. */
  openSessions(): readonly OpenSession[]
  /**
   * Whether a unit got no session in time while its pool had others waiting, and none was handed out since without any
   * left waiting. Never by a provider whose `pool` does not say.
   */
  readonly isExhausted: boolean
}

/**
 * Makes it impossible to use a session beyond its unit of work. What the provider opens is handed to the work behind a
 * guard that is revoked when the work ends, before the commit: any later use of it, or of an object that belongs to
 * it, throws `SESSION_CLOSED` with the name of the unit. A provider that hands out one session object twice gets
 * `SESSION_REUSED` and its unit is rolled back.
 */
export function guardSessions<S extends object>(
  provider: SessionProvider<S>,
  { clock = systemClock, onLeak, onExhausted }: GuardSessionsOptions = {},
): GuardedSessionProvider<S> {
  const firstUnits = new WeakMap<S, string>()
  const open = new Set<Opening>()
  let opened = 0
  let isExhausted = false

  const isAwaited = () => (provider.pool?.()?.waiting ?? 0) > 0

  const openSessions = () =>
    [...open].map(({ unit, sinceMonotonic }) => ({ unit, sinceMs: clock.monotonic() - sinceMonotonic }))

  /** A unit failed before it had a session. Where others wait for one too, that is the pool's fault and not the database's. */
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
      onLeak?.({ unit, openedAt: stackOf(opening.origin), usedAt: stackOf(error) })
      throw error
    })
    opening.end = membrane.end
    return membrane.session
  }

  return {
    async withSession(work, options) {
      const origin = new Error('opened here')
      const openings: Opening[] = []
      try {
        return await provider.withSession(async (raw) => {
          const unit = options?.unit ?? 'unnamed'
          const opening: Opening = { unit, sinceMonotonic: clock.monotonic(), origin, end: () => {} }
          openings.push(opening)
          const session = handOut(raw, opening)
          try {
            return await work(session)
          } finally {
            opening.end()
          }
        }, options)
      } catch (error) {
        if (openings.length === 0 && !options?.signal?.aborted) onNoSession()
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
  readonly sinceMonotonic: number
  /** Made where the unit was opened; its stack is put into words only when somebody asks. */
  readonly origin: Error
  end: () => void
}

/** The frames of an error without its first line. */
function stackOf({ stack = '' }: Error): string {
  return stack.slice(stack.indexOf('\n') + 1)
}
