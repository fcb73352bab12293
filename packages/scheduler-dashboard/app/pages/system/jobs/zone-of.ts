import type { ScheduleView } from '@pm/scheduler-core/contract/v2'

/** The zone in which a schedule is written; `null` where it has none. */
export function zoneOf(schedule: ScheduleView): string | null {
  return schedule.kind === 'cron' ? schedule.timezone : null
}
