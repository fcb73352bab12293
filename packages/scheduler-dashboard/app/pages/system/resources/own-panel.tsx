import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'
import { formatDuration } from '../../../format/durations.ts'
import { formatBytes, formatNumber, formatPercent } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Empty } from '../../../ui/messages.tsx'
import { Metric } from '../../../ui/metric.tsx'
import { Panel } from '../../../ui/panel.tsx'

type OwnMetrics = AdminStatusV2['own_metrics']
type OwnMetric = OwnMetrics[string]

/** What the host measures by itself. */
export function OwnPanel({ metrics, scheduler }: { readonly metrics: OwnMetrics; readonly scheduler: string }) {
  const words = strings.resources.own
  const all = Object.entries(metrics)
  return (
    <Panel title={words.title}>
      {all.length === 0 ? (
        <Empty {...words.none} />
      ) : (
        <div class="metrics">
          {all.map(([id, metric]) => (
            <Metric key={id} id={id} label={metric.title} scheduler={scheduler} view="admin">
              {metric.error === null ? (
                formatOwn(metric)
              ) : (
                <span class="not-measured">{words.failed(metric.error)}</span>
              )}
            </Metric>
          ))}
        </div>
      )}
    </Panel>
  )
}

function formatOwn({ value, unit }: OwnMetric): string {
  if (unit === 'percent') return formatPercent(value)
  if (unit === 'bytes') return formatBytes(value)
  if (unit === 'ms') return formatDuration(value)
  if (unit === 'minutes') return formatDuration(value === null ? null : value * 60_000)
  if (unit === 'seconds') return formatDuration(value === null ? null : value * 1_000)
  return formatNumber(value)
}
