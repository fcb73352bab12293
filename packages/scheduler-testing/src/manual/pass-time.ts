import type { ManualClock } from '../manual-clock.ts'
import type { QuietSessions } from './quiet-sessions.ts'

/**
 * Moves the clock on by `ms`, from timer to timer, and waits at each until no unit of work is open: what a manual
 * clock alone cannot do where sessions are real I/O.
 */
export async function passTime<S>(clock: ManualClock, sessions: QuietSessions<S>, ms: number): Promise<void> {
  await sessions.whenQuiet()
  await clock.advance(ms, sessions.whenQuiet)
}
