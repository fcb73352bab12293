import type { JobView } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Metric, type MetricProps } from '../../../ui/metric.tsx'

/** What waits of a job, how long runs have waited, and who could take them; nothing where no worker and no queue has it. */
export function QueueNumbers({
  job,
  window,
  about,
}: {
  readonly job: JobView
  readonly window: 'recent' | 'last_hour' | 'lifetime'
  readonly about: Pick<MetricProps, 'scheduler' | 'view' | 'of'>
}) {
  const words = strings.job.numbers
  const { queued_runs: queued, workers, conditions } = job
  const wait = job.windows[window].p95_queue_wait_ms
  if (queued === 0 && workers === 0 && job.windows.lifetime.max_queue_wait_ms === null) return null
  const isStranded = conditions.includes('no_worker')
  return (
    <>
      <Metric {...about} id="queued_runs" label={words.queued} {...(isStranded && { tone: 'late' as const })}>
        {formatNumber(queued)}
      </Metric>
      <Metric {...about} id="oldest_queued_seconds" label={words.oldestQueued}>
        {queued === 0 ? strings.kit.none : formatDuration(job.oldest_queued_seconds * 1_000)}
      </Metric>
      <Metric {...about} window={window} id="p95_queue_wait_ms" label={words.queueWait}>
        {formatDuration(wait)}
      </Metric>
      <Metric {...about} id="job_workers" label={words.workers} {...(isStranded && { tone: 'late' as const })}>
        {formatNumber(workers)}
      </Metric>
    </>
  )
}
