import type { EpochMs } from '@pm/scheduler-core'

import { createZone } from '../time/zone.ts'

/** Until when a request that is counted at this instant counts against the quota of a day. */
export type DayEnd = (at: EpochMs) => EpochMs

/**
 * How the provider counts its day: until the next midnight of `dayTimezone`, or without one for 24 hours. Throws
 * `INVALID_OPTIONS` for an unknown zone.
 */
export function createDayEnd({ dayTimezone }: { readonly dayTimezone?: string }): DayEnd {
  if (dayTimezone === undefined) return (at) => at + DAY_MS
  const zone = createZone(dayTimezone, 'quota.dayTimezone')
  return (at) => {
    const local = at + zone.offsetMs(at)
    return zone.instantOf((Math.floor(local / DAY_MS) + 1) * DAY_MS)
  }
}

const DAY_MS = 86_400_000
