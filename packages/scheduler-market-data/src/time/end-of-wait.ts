import type { Clock, EpochMs } from '@pm/scheduler-core'

/**
 * When a wait ends by the wall clock: the whole millisecond that is at least this far ahead, since a wait on the
 * monotonic clock has fractions.
 */
export function endOfWait(clock: Clock, waitMs: number): EpochMs {
  return Math.ceil(clock.now() + waitMs)
}
