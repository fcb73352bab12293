import type { EpochMs } from '../clock.ts'
import { distanceToNext } from '../schedule/next-due.ts'
import type { Schedule } from '../schedule/schedule.ts'

/** As `distanceToNext` at one instant. Many jobs have the same pattern, so each is asked once. */
export function createIntervals(asOf: EpochMs): (schedule: Schedule) => number | null {
  const byZone = new Map<string, Map<string, number | null>>()
  return (schedule) => {
    // The other kinds of schedules cost less than a look into a map.
    if (schedule.kind !== 'cron') return distanceToNext(schedule, asOf)
    const { timezone, pattern } = schedule
    const known = byZone.get(timezone) ?? new Map<string, number | null>()
    if (known.size === 0) byZone.set(timezone, known)
    const interval = known.get(pattern)
    if (interval !== undefined) return interval
    const found = distanceToNext(schedule, asOf)
    known.set(pattern, found)
    return found
  }
}
