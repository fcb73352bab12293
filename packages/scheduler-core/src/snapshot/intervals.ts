import type { EpochMs } from '../clock.ts'
import { distanceToNext } from '../schedule/next-due.ts'
import type { Schedule } from '../schedule/schedule.ts'

/** As `distanceToNext` at one instant. Many jobs have the same pattern, so each is asked once. */
export function createIntervals(asOf: EpochMs): (schedule: Schedule) => number | null {
  const known = new Map<string, { readonly value: number | null }>()
  return (schedule) => {
    // The other kinds of schedules cost less than a look into a map.
    if (schedule.kind !== 'cron') return distanceToNext(schedule, asOf)
    const key = `${schedule.timezone} ${schedule.pattern}`
    const found = known.get(key) ?? { value: distanceToNext(schedule, asOf) }
    known.set(key, found)
    return found.value
  }
}
