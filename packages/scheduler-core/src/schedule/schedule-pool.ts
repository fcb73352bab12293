import { isCompiled, timetableOf, withZone } from './compiled-cron.ts'
import { parseSchedule } from './parse-schedule.ts'
import type { CronSchedule, EverySchedule, Schedule } from './schedule.ts'
import type { ZoneSpans } from './zone-spans.ts'

/** Answers the shared schedule that equals the given one. */
export type SchedulePool = (schedule: Schedule) => Schedule

/**
 * Lets many jobs share their schedules: equal schedules become one object, and all cron patterns of a zone share its
 * offsets. Due times do not change.
 */
export function createSchedulePool(): SchedulePool {
  const schedules = new Map<string, CronSchedule>()
  const grids = new Map<string, EverySchedule>()
  const zones = new Map<string, ZoneSpans>()

  const share = (schedule: CronSchedule): CronSchedule => {
    const zone = zones.get(schedule.timezone) ?? timetableOf(schedule).zone
    zones.set(schedule.timezone, zone)
    return withZone(schedule, zone)
  }

  const shareGrid = (grid: EverySchedule): EverySchedule => {
    const key = `${grid.periodMs} ${grid.anchorAt}`
    const known = grids.get(key) ?? grid
    grids.set(key, known)
    return known
  }

  return (schedule) => {
    if (schedule.kind === 'every') return shareGrid(schedule)
    if (schedule.kind === 'once' || schedule.kind === 'on-demand') return schedule
    const key = JSON.stringify([schedule.pattern, schedule.timezone])
    const known = schedules.get(key)
    if (known !== undefined) return known
    const checked = isCompiled(schedule) ? schedule : parseSchedule(schedule)
    const shared = checked.kind === 'cron' ? share(checked) : checked
    if (shared.kind === 'cron') schedules.set(key, shared)
    return shared
  }
}
