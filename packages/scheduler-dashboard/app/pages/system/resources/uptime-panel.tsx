import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { formatPercent } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Metric } from '../../../ui/metric.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { Table } from '../../../ui/table.tsx'
import { Time } from '../../../ui/time.tsx'
import { Bar } from './bar.tsx'
import { toUptime } from './to-uptime.ts'

/** How the scheduler's uptime was spent. */
export function UptimePanel({ status, scheduler }: { readonly status: AdminStatusV2; readonly scheduler: string }) {
  const words = strings.resources.uptime
  const { uptime_seconds, counting_since } = status.scheduler
  const parts = toUptime(status.scheduler)
  const said = parts.map(({ id, pct }) => `${words[id]} ${formatPercent(pct)}`).join(', ')
  return (
    <Panel title={words.title}>
      <div class="metrics">
        <Metric scheduler={scheduler} view="admin" id="uptime_seconds" label={words.total}>
          {formatDuration(uptime_seconds * 1_000)}
        </Metric>
        <div>
          <div class="metric-label">{words.since}</div>
          <Time at={counting_since} as="absolute" />
        </div>
      </div>
      <Bar
        label={words.bar(said)}
        parts={parts.map(({ id, seconds, tone }) => ({ id, value: seconds, tone }))}
        of={uptime_seconds}
      />
      <Table
        label={words.table}
        rows={parts}
        keyOf={({ id }) => id}
        columns={[
          {
            id: 'state',
            title: words.state,
            cell: ({ id, tone }) => (
              <span class="cluster">
                <span class="swatch" data-tone={tone} />
                {words[id]}
              </span>
            ),
          },
          { id: 'time', title: words.time, align: 'end', cell: ({ seconds }) => formatDuration(seconds * 1_000) },
          { id: 'share', title: words.share, align: 'end', cell: ({ pct }) => formatPercent(pct) },
        ]}
      />
    </Panel>
  )
}
