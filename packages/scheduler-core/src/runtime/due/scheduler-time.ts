import type { Clock, EpochMs } from '../../clock.ts'
import type { Schedule } from '../../schedule/schedule.ts'

/**
 * The two readings of now. `wall` is the host's clock, which may be set back. `steady` never is: it follows the
 * wall forwards and the monotonic clock when the wall goes back.
 */
export interface Instants {
  readonly wall: EpochMs
  readonly steady: EpochMs
}

export type Timeline = keyof Instants

/**
 * Which reading a schedule lives by. A grid of intervals is about the time that passes: it must not fall silent when
 * the wall is set back over due times that have run already. A cron pattern and a single instant are about the wall.
 */
export function timelineOf(schedule: Schedule): Timeline {
  return schedule.kind === 'every' ? 'steady' : 'wall'
}

export interface SchedulerTime {
  /** Both readings, in whole milliseconds. `steady` never lies behind `wall`. */
  read(): Instants
  /** Steady time is at least this: so far another process, or an earlier life of this one, has accounted already. */
  reach(instant: EpochMs): void
}

/** A wall that is set back by less is waited for: clocks are nudged all the time, and steady time must not run away. */
const NUDGE_MS = 1_000

export function createSchedulerTime(clock: Clock): SchedulerTime {
  /** What steady time is ahead of the monotonic clock. */
  let lead = clock.now() - clock.monotonic()
  let last = -Infinity

  return {
    read() {
      const wall = clock.now()
      const monotonic = clock.monotonic()
      if (lead + monotonic - wall < NUDGE_MS) lead = wall - monotonic
      last = Math.max(last, wall, Math.floor(lead + monotonic))
      return { wall, steady: last }
    },
    reach(instant) {
      last = Math.max(last, instant)
      lead = Math.max(lead, instant - clock.monotonic())
    },
  }
}
