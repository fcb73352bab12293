import type { ScheduleBody } from '../../contract/config-requests.ts'
import type { CronDialect } from '../../schedule/cron-dialect.ts'
import type { ScheduleInput } from '../../schedule/schedule-input.ts'
import { given } from './given.ts'

/** A schedule of a body as the scheduler takes it. */
export function toSchedule(schedule: ScheduleBody): ScheduleInput {
  switch (schedule.kind) {
    case 'every': {
      const { kind, period_ms: periodMs, anchor_at: anchor } = schedule
      return { kind, periodMs, ...(anchor !== undefined && { anchorAt: new Date(anchor).getTime() }) }
    }
    case 'cron': {
      const { kind, pattern, timezone, dialect } = schedule
      return { kind, pattern, ...given<{ timezone?: string; dialect?: CronDialect }>({ timezone, dialect }) }
    }
    case 'once':
      return { kind: 'once', at: new Date(schedule.at).getTime() }
    case 'on-demand':
      return { kind: 'on-demand' }
  }
}
