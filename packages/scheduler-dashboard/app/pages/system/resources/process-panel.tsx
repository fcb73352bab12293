import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { formatBytes, formatNumber, formatPercent } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Empty } from '../../../ui/messages.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { Bar } from './bar.tsx'
import { Measured } from './measured.tsx'

/** An event loop that was blocked for longer is felt by whoever waits for an answer. */
const SLOW_MS = 100

export interface ProcessPanelProps extends Pick<AdminStatusV2, 'process'> {
  /** Handlers that go on although their runs have ended. */
  readonly abandoned: number
  readonly scheduler: string
}

/** What the process that answers takes of its host. */
export function ProcessPanel({ process, abandoned, scheduler }: ProcessPanelProps) {
  const words = strings.resources.process
  const about = { scheduler, view: 'admin' } as const
  if (process === null) {
    return (
      <Panel title={words.title}>
        <Empty {...words.none} />
      </Panel>
    )
  }
  const { heap_used_bytes: used, heap_total_bytes: total } = process
  const slow = (ms: number | null) => ((ms ?? 0) > SLOW_MS ? ({ tone: 'late' } as const) : {})
  return (
    <Panel title={words.title}>
      <div class="metrics">
        <Measured {...about} id="process_cpu_pct" label={words.cpu} value={process.cpu_pct} format={formatPercent} />
        <Measured
          {...about}
          id="process_cpu_seconds"
          label={words.cpuSeconds}
          value={process.cpu_seconds}
          format={(seconds) => formatDuration(seconds * 1_000)}
        />
        <Measured {...about} id="process_rss_bytes" label={words.rss} value={process.rss_bytes} format={formatBytes} />
        <Measured {...about} id="process_heap_used_bytes" label={words.heapUsed} value={used} format={formatBytes} />
        <Measured {...about} id="process_heap_total_bytes" label={words.heapTotal} value={total} format={formatBytes} />
        <Measured
          {...about}
          {...(abandoned > 0 ? ({ tone: 'late' } as const) : {})}
          id="abandoned_handlers"
          label={words.abandoned}
          value={abandoned}
          format={formatNumber}
        />
      </div>
      {used !== null && total !== null && (
        <Bar
          isTold
          label={words.heap(formatBytes(used), formatBytes(total))}
          parts={[{ id: 'used', value: used, tone: 'accent' }]}
          of={total}
        />
      )}
      <div class="metrics">
        <Measured
          {...about}
          id="event_loop_delay_p50_ms"
          label={words.p50}
          value={process.event_loop_delay_p50_ms}
          format={formatDuration}
        />
        <Measured
          {...about}
          {...slow(process.event_loop_delay_p99_ms)}
          id="event_loop_delay_p99_ms"
          label={words.p99}
          value={process.event_loop_delay_p99_ms}
          format={formatDuration}
        />
        <Measured
          {...about}
          {...slow(process.event_loop_delay_max_ms)}
          id="event_loop_delay_max_ms"
          label={words.max}
          value={process.event_loop_delay_max_ms}
          format={formatDuration}
        />
      </div>
    </Panel>
  )
}
