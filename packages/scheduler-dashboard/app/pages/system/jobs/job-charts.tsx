import type { JobView } from '@pm/scheduler-core/contract/v2'
import { useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import type { Api } from '../../../data/api.ts'
import { useResource } from '../../../data/use-resource.ts'
import { formatDuration } from '../../../format/durations.ts'
import { strings } from '../../../strings/index.ts'
import { Chart } from '../../../ui/chart/chart.tsx'
import { Empty } from '../../../ui/messages.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { isSparse, toSeries } from './to-series.ts'

const DAY_MS = 86_400_000
const STEP_MS = 15 * 60_000
const METRICS = ['p50_duration_ms', 'p95_duration_ms', 'p95_lateness_ms', 'max_lateness_ms'] as const

/** How long its runs took and how late they began, over the last day. */
export function JobCharts({ job: { name }, scheduler }: { readonly job: JobView; readonly scheduler: string }) {
  const { clock } = useApp()
  const [to] = useState(() => Math.ceil(clock.now() / STEP_MS) * STEP_MS)
  const words = strings.job.charts
  const history = useResource(`history of ${name} ${to}`, (api) => readAll(api, name, to), { scheduler })
  return (
    <Panel title={words.title}>
      <ResourceView resource={history} rows={6}>
        {([p50, p95, late95, lateMax]) => {
          const { times } = toSeries(p50)
          const of = (one: typeof p50) => toSeries(one).values
          if (!of(p95).some((value) => value !== null)) return <Empty {...words.none} />
          // Few runs have no neighbours to draw a line to.
          const kind = isSparse(of(p95)) ? 'bars' : 'line'
          return (
            <div class="columns">
              <Chart
                title={words.duration}
                times={times}
                format={formatDuration}
                series={[
                  { label: words.p95, values: of(p95), token: 'accent', kind },
                  { label: words.p50, values: of(p50), token: 'ok', kind },
                ]}
              />
              <Chart
                title={words.lateness}
                times={times}
                format={formatDuration}
                series={[
                  { label: words.max, values: of(lateMax), token: 'late', kind },
                  { label: words.p95, values: of(late95), token: 'accent', kind },
                ]}
              />
            </div>
          )
        }}
      </ResourceView>
    </Panel>
  )
}

async function readAll({ admin }: Api, job: string, toMs: number) {
  const range = { job, from: new Date(toMs - DAY_MS).toISOString(), to: new Date(toMs).toISOString(), step_ms: STEP_MS }
  const [p50, p95, late95, lateMax] = METRICS.map((metric) => admin.history({ ...range, metric }))
  if (!p50 || !p95 || !late95 || !lateMax) throw new Error('A chart has no metric.')
  return Promise.all([p50, p95, late95, lateMax])
}
