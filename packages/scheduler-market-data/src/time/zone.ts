import { checkTimezone, createOffsetReader, type EpochMs, findOffsetChange, type OffsetAt } from '@pm/scheduler-core'

/** Local time of one IANA zone. Creating a zone takes about a millisecond, a query some microseconds. */
export interface Zone {
  /** How far local time is ahead of UTC at an instant. */
  readonly offsetMs: OffsetAt
  /**
   * The instant of a local time, which is given in milliseconds as if it were UTC. A local time that occurs twice gives
   * the first instant; one in a gap gives the end of the gap.
   */
  instantOf(localMs: number): EpochMs
}

/** Throws `INVALID_OPTIONS`, naming `path`, for an unknown zone. */
export function createZone(timezone: string, path = 'timezone'): Zone {
  const offsetMs = createOffsetReader(checkTimezone(timezone, path))
  return {
    offsetMs,
    instantOf(localMs) {
      // No offset changes twice within two days, so one of these two offsets holds at the local time, or it is in a
      // gap.
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
