import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { formatNumber, formatPercent } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { hasQueue } from '../../../ui/has-queue.ts'
import { Metric } from '../../../ui/metric.tsx'
import { Time } from '../../../ui/time.tsx'
import type { WindowName } from './windows.ts'

export interface CardNumbersProps {
  readonly schedulerKey: string
  readonly status: AdminStatusV2
  readonly window: WindowName
}

/** The numbers of a scheduler. Each explains itself. */
export function CardNumbers({ schedulerKey, status, window }: CardNumbersProps) {
  const words = strings.admin.card
  const { scheduler, jobs, windows, attention, retired } = status
  const over = windows[window]
  const about = { scheduler: schedulerKey, view: 'admin' } as const
  const failures = attention.items[0]?.consecutive_failures ?? 0
  const counted =
    over.successful_runs !== null && over.failed_runs !== null ? over.successful_runs + over.failed_runs : null
  return (
    <div class="metrics">
      <div class="admin-success">
        <Metric {...about} id="success_rate" label={words.success} window={window}>
          {formatPercent(over.success_rate)}{' '}
          <span class="admin-counts">
            {counted ? words.ofRuns(formatNumber(over.successful_runs), formatNumber(counted)) : words.noRuns}
            {window === 'lifetime' &&
              retired.jobs > 0 &&
              ` ${words.ofRetired(formatNumber(retired.total_runs), retired.jobs)}`}
          </span>
        </Metric>
      </div>
      <Metric {...about} id="consecutive_failures" label={words.failures} {...alarm(failures, 'failed')}>
        {formatNumber(failures)}
      </Metric>
      <Metric {...about} id="jobs_overdue" label={words.overdue} {...alarm(jobs.overdue, 'late')}>
        {formatNumber(jobs.overdue)}
      </Metric>
      <Metric {...about} id="running_runs" label={words.running}>
        {formatNumber(scheduler.running_runs)}
      </Metric>
      {hasQueue(status) && (
        <div class="admin-queued">
          <Metric {...about} id="queued_runs" label={words.queued} {...alarm(isStuck(scheduler) ? 1 : 0, 'late')}>
            {formatNumber(scheduler.queued_runs)}
            {scheduler.queued_runs > 0 && (
              <span class="admin-counts">
                {words.oldestQueued(formatDuration(scheduler.oldest_queued_seconds * 1_000))}
              </span>
            )}
          </Metric>
        </div>
      )}
      <Moment label={words.lastRun} at={scheduler.last_run_at} none={strings.kit.never} />
      <Moment label={words.nextRun} at={scheduler.next_run_at} none={words.noNext} />
      <div class="admin-lateness">
        <Metric {...about} id="p95_lateness_ms" label={words.lateness} window={window}>
          {formatDuration(over.p50_lateness_ms)} <span class="admin-counts">/</span>{' '}
          {formatDuration(over.p95_lateness_ms)}
        </Metric>
      </div>
    </div>
  )
}

const STUCK: readonly string[] = ['QUEUE_STALLED', 'NO_WORKER']

function isStuck({ health }: AdminStatusV2['scheduler']): boolean {
  return health.reasons.some((reason) => STUCK.includes(reason))
}

function alarm(count: number, tone: 'failed' | 'late'): { readonly tone?: 'failed' | 'late' } {
  return count > 0 ? { tone } : {}
}

function Moment({ label, at, none }: { readonly label: string; readonly at: string | null; readonly none: string }) {
  return (
    <div class="admin-moment">
      <div class="metric-label">{label}</div>
      <Time at={at} none={none} />
    </div>
  )
}
