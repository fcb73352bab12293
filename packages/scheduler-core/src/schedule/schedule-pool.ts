import { parseSchedule } from './parse-schedule.ts'
import type { Schedule } from './schedule.ts'
import { createSharing } from './sharing.ts'

/** Answers the shared schedule that equals the given one. */
export type SchedulePool = (schedule: Schedule) => Schedule

/** Lets many jobs share their schedules: equal schedules become one object. Due times do not change. */
export function createSchedulePool(): SchedulePool {
  const share = createSharing<Schedule>()

  return (schedule) => {
    switch (schedule.kind) {
      case 'every':
        return share(`${schedule.periodMs} ${schedule.anchorAt}`, () => schedule)
      case 'cron':
        return share(JSON.stringify([schedule.pattern, schedule.timezone]), () => parseSchedule(schedule))
      default:
        return schedule
    }
  }
}
