import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Metric } from '../../../ui/metric.tsx'

/** How many workers live, and what waits for them. */
export function QueueMetrics({
  status: { scheduler: of, instances },
  scheduler,
}: {
  readonly status: AdminStatusV2
  readonly scheduler: string
}) {
  const words = strings.instances
  const about = { scheduler, view: 'admin' } as const
  const isStalled = of.health.reasons.includes('QUEUE_STALLED')
  return (
    <>
      <Metric
        {...about}
        id="workers_live"
        label={words.workers}
        {...(instances.workers === 0 && { tone: 'failed' as const })}
      >
        {formatNumber(instances.workers)}
      </Metric>
      <Metric {...about} id="queued_runs" label={words.queued}>
        {formatNumber(of.queued_runs)}
      </Metric>
      <Metric
        {...about}
        id="oldest_queued_seconds"
        label={words.oldestQueued}
        {...(isStalled && { tone: 'late' as const })}
      >
        {of.queued_runs === 0 ? strings.kit.none : formatDuration(of.oldest_queued_seconds * 1_000)}
      </Metric>
    </>
  )
}
