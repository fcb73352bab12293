import type { JobView } from '@pm/scheduler-core/contract/v2'
import { useState } from 'preact/hooks'

import { formatDuration } from '../../../format/durations.ts'
import { formatNumber, formatPercent } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Metric } from '../../../ui/metric.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { QueueNumbers } from './queue-numbers.tsx'

type WindowName = 'recent' | 'last_hour' | 'lifetime'

/** The job in numbers over a window; each explains itself. */
export function JobNumbers({ job, scheduler }: { readonly job: JobView; readonly scheduler: string }) {
  const [window, setWindow] = useState<WindowName>('recent')
  const words = strings.job.numbers
  const runs = job.windows[window]
  const subject = { scheduler, view: 'admin', of: { kind: 'job', name: job.name } } as const
  const about = { ...subject, window }
  const { consecutive_failures: failures } = job
  const overdueMs = job.overdue_seconds * 1_000
  return (
    <section class="panel" aria-label={strings.job.summary}>
      <div class="numbers">
        <div class="metrics">
          <Metric
            {...about}
            id="success_rate"
            label={words.success}
            {...(isBad(runs.success_rate) && { tone: 'failed' })}
          >
            {formatPercent(runs.success_rate)}
          </Metric>
          <Metric
            {...subject}
            id="consecutive_failures"
            label={words.failures}
            {...(failures > 0 && { tone: 'failed' })}
          >
            {formatNumber(failures)}
          </Metric>
          <Metric
            {...subject}
            id="overdue_seconds"
            label={words.overdue}
            {...(job.overdue_seconds > job.overdue_allowed_seconds && { tone: 'late' })}
          >
            {overdueMs === 0 ? words.notOverdue : formatDuration(overdueMs)}
          </Metric>
          <Metric {...about} id="total_runs" label={words.runs}>
            {formatNumber(runs.total_runs)}
          </Metric>
          <Metric {...about} id="p50_duration_ms" label={words.p50}>
            {formatDuration(runs.p50_duration_ms)}
          </Metric>
          <Metric {...about} id="p95_duration_ms" label={words.p95}>
            {formatDuration(runs.p95_duration_ms)}
          </Metric>
          <Metric {...about} id="p95_lateness_ms" label={words.lateness}>
            {formatDuration(runs.p95_lateness_ms)}
          </Metric>
          <Metric {...about} id="skipped_runs" label={words.skipped}>
            {formatNumber(runs.skipped_runs)}
          </Metric>
          <Metric
            {...about}
            id="missed_runs"
            label={words.missed}
            {...((runs.missed_runs ?? 0) > 0 && { tone: 'late' })}
          >
            {formatNumber(runs.missed_runs)}
          </Metric>
          <Metric {...about} id="items_processed" label={words.items}>
            {formatNumber(runs.items_processed)}
          </Metric>
          <QueueNumbers job={job} window={window} about={subject} />
        </div>
        <Segmented
          label={strings.job.window.label}
          value={window}
          onChange={setWindow}
          options={(['recent', 'last_hour', 'lifetime'] as const).map((value) => ({
            value,
            label: strings.job.window[value],
          }))}
        />
      </div>
    </section>
  )
}

function isBad(rate: number | null): boolean {
  return rate !== null && rate < 50
}
