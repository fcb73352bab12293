import type { Clock } from '../clock.ts'
import type { SessionsReading } from '../reading/snapshot.ts'
import type { GuardedSessionProvider } from '../session/guard-sessions.ts'

/** More sessions than a reader looks at. */
const MAX_HELD = 20

/** The sessions of this instance at this moment. */
export function readSessions(
  sessions: Pick<GuardedSessionProvider<object>, 'stats' | 'longestOpenMs' | 'openSessions'>,
  clock: Clock,
): SessionsReading {
  const now = clock.now()
  const held = sessions.openSessions().slice(0, MAX_HELD)
  return {
    ...sessions.stats(),
    longestOpenMs: sessions.longestOpenMs(),
    held: held.map(({ unit, job, sinceMs }) => ({ unit, job, openedAt: Math.round(now - sinceMs) })),
  }
}
