import type { ManualClock } from '../manual-clock.ts'
import type { QuietSessions } from './quiet-sessions.ts'

/**
 * Moves the clock on by `ms`, from timer to timer, and waits at each until no unit of work is open: what a manual
 * clock alone cannot do where sessions are real I/O.
 */
export async function passTime<S>(clock: ManualClock, sessions: QuietSessions<S>, ms: number): Promise<void> {
  const end = clock.now() + ms
  await sessions.whenQuiet()
  for (let next = clock.nextTimerAt(); next !== null && next <= end; next = clock.nextTimerAt()) {
    await clock.advance(Math.max(0, next - clock.now()))
    await sessions.whenQuiet()
  }
  await clock.advance(Math.max(0, end - clock.now()))
  await sessions.whenQuiet()
}
