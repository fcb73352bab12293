import { toIso } from '../../clock.ts'
import type { JobConfigView, PoliciesView, ScheduleView } from '../../contract/job.ts'
import type { JobConfig } from '../../control/config.ts'
import { SETTABLE, SHOWN } from '../../policy/policies.ts'
import { toWire } from '../../policy/wire.ts'
import type { PoliciesReading } from '../../reading/snapshot.ts'
import type { Schedule } from '../../schedule/schedule.ts'

export function toPoliciesView({ schedule, retry, ...policies }: PoliciesReading): PoliciesView {
  return {
    schedule: toScheduleView(schedule),
    ...toWire(SHOWN.job, policies),
    retry: toWire(SHOWN.retry, retry),
  }
}

export function toJobConfigView({ schedule, retry, ...policies }: JobConfig): JobConfigView {
  return {
    ...(schedule !== undefined && { schedule: toScheduleView(schedule) }),
    ...toWire(SETTABLE.job, policies),
    ...(retry !== undefined && { retry: toWire(SETTABLE.retry, retry) }),
  }
}

export function toScheduleView(schedule: Schedule): ScheduleView {
  switch (schedule.kind) {
    case 'every':
      return { kind: 'every', period_ms: schedule.periodMs, anchor_at: toIso(schedule.anchorAt) }
    case 'cron':
      return { kind: 'cron', pattern: schedule.pattern, timezone: schedule.timezone }
    case 'once':
      return { kind: 'once', at: toIso(schedule.at) }
    case 'on-demand':
      return { kind: 'on-demand' }
  }
}
