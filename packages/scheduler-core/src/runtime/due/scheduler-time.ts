import type { Clock, EpochMs } from '../../clock.ts'
import type { Schedule } from '../../schedule/schedule.ts'

/**
 * The two readings of now. `wall` is the host's clock, which may be set back. `steady` never goes back: it follows the
 * wall clock forwards, and the monotonic clock while the wall clock is set back.
 */
export interface Instants {
  readonly wall: EpochMs
  readonly steady: EpochMs
}

export type Timeline = keyof Instants

/**
 * The reading that a schedule follows. An interval counts elapsed time: it must not stop when the wall clock is set
 * back over due times that have run. A cron pattern and a single instant follow the wall clock.
 */
export function timelineOf(schedule: Schedule): Timeline {
  return schedule.kind === 'every' ? 'steady' : 'wall'
}

export interface SchedulerTime {
  /** Both readings, in whole milliseconds. `steady` never lies behind `wall`. */
  read(): Instants
  /** Raises steady time to at least this: another process, or an earlier one on this host, has accounted up to here. */
  reach(instant: EpochMs): void
}

/** Steady time waits for a wall clock that is set back by less: small corrections are frequent, and must not add up. */
const SMALL_CORRECTION_MS = 1_000

export function createSchedulerTime(clock: Clock): SchedulerTime {
  /** How far steady time is ahead of the monotonic clock. */
  let lead = clock.now() - clock.monotonic()
  let last = -Infinity

  return {
    read() {
      const wall = clock.now()
      const monotonic = clock.monotonic()
      if (lead + monotonic - wall < SMALL_CORRECTION_MS) lead = wall - monotonic
      last = Math.max(last, wall, Math.floor(lead + monotonic))
      return { wall, steady: last }
    },
    reach(instant) {
      last = Math.max(last, instant)
      lead = Math.max(lead, instant - clock.monotonic())
    },
  }
}
