import { checkTimezone, createOffsetReader, type EpochMs, findOffsetChange, type OffsetAt } from '@pm/scheduler-core'

/** Local time of one IANA zone. Making one takes about a millisecond, asking it some microseconds. */
export interface Zone {
  /** How far local time is ahead of UTC at an instant. */
  readonly offsetMs: OffsetAt
  /**
   * The instant at which clocks show this local time, given as milliseconds as if it were UTC: the first one when they
   * show it twice, and the end of the gap when they never do.
   */
  instantOf(localMs: number): EpochMs
}

/** Throws `INVALID_OPTIONS`, naming `path`, for what is no IANA zone. */
export function createZone(timezone: string, path = 'timezone'): Zone {
  const offsetMs = createOffsetReader(checkTimezone(timezone, path))
  return {
    offsetMs,
    instantOf(localMs) {
      // No offset changes twice within two days: one of these two holds at the local time, or it lies in a gap.
      const before = offsetMs(localMs - DAY_MS)
      const after = offsetMs(localMs + DAY_MS)
      const early = localMs - Math.max(before, after)
      const late = localMs - Math.min(before, after)
      for (const instant of [early, late]) if (instant + offsetMs(instant) === localMs) return instant
      return findOffsetChange(offsetMs, early, late)
    },
  }
}

const DAY_MS = 86_400_000
