import { toIso } from '../../clock.ts'
import type { JobConfigView, PoliciesView, ScheduleView } from '../../contract/job.ts'
import type { JobConfig, RetryConfig } from '../../control/config.ts'
import type { PoliciesReading } from '../../reading/snapshot.ts'
import type { Schedule } from '../../schedule/schedule.ts'

export function toPoliciesView(policies: PoliciesReading): PoliciesView {
  const { maxAttempts, backoffMs, maxBackoffMs } = policies.retry
  return {
    schedule: toScheduleView(policies.schedule),
    timeout_ms: policies.timeoutMs,
    misfire_grace_ms: policies.misfireGraceMs,
    misfire_policy: policies.misfirePolicy,
    overlap_policy: policies.overlapPolicy,
    on_orphan: policies.onOrphan,
    priority: policies.priority,
    retry: { max_attempts: maxAttempts, backoff_ms: backoffMs, max_backoff_ms: maxBackoffMs },
  }
}

export function toJobConfigView(config: JobConfig): JobConfigView {
  const { schedule, timeoutMs, misfireGraceMs, misfirePolicy, overlapPolicy, priority, retry } = config
  return {
    ...(schedule !== undefined && { schedule: toScheduleView(schedule) }),
    ...(timeoutMs !== undefined && { timeout_ms: timeoutMs }),
    ...(misfireGraceMs !== undefined && { misfire_grace_ms: misfireGraceMs }),
    ...(misfirePolicy !== undefined && { misfire_policy: misfirePolicy }),
    ...(overlapPolicy !== undefined && { overlap_policy: overlapPolicy }),
    ...(priority !== undefined && { priority }),
    ...(retry !== undefined && { retry: toRetryView(retry) }),
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
  }
}

function toRetryView({ maxAttempts, backoffMs, maxBackoffMs }: RetryConfig): NonNullable<JobConfigView['retry']> {
  return {
    ...(maxAttempts !== undefined && { max_attempts: maxAttempts }),
    ...(backoffMs !== undefined && { backoff_ms: backoffMs }),
    ...(maxBackoffMs !== undefined && { max_backoff_ms: maxBackoffMs }),
  }
}
