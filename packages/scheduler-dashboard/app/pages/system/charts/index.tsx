import './charts.css'

import { useLayoutEffect, useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { oneOf, text } from '../../../data/query-fields.ts'
import { useQueryState } from '../../../data/use-query-state.ts'
import { useResource } from '../../../data/use-resource.ts'
import { formatDuration } from '../../../format/durations.ts'
import { formatFull } from '../../../format/instants.ts'
import { useZone } from '../../../format/use-zone.ts'
import { useStatus } from '../../../live/use-status.ts'
import { useTitle } from '../../../shell/use-title.ts'
import { createStore } from '../../../store.ts'
import { strings } from '../../../strings/index.ts'
import { Chart } from '../../../ui/chart/chart.tsx'
import { LOOK_AT_ALL } from '../../../ui/chart/use-look.ts'
import { useSchedulerKey } from '../../../ui/go-to.tsx'
import { hasQueue } from '../../../ui/has-queue.ts'
import { Empty } from '../../../ui/messages.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { chartedOf } from './charted.ts'
import { JobChoice } from './job-choice.tsx'
import { type ChartFacts, loadCharts } from './load-charts.ts'
import { CHART_RANGES, stepsOf } from './range.ts'
import { hasCounts, knownFrom, toChart } from './to-chart.ts'

const QUERY = { range: oneOf(['day', 'hour', 'sixHours', 'week', 'month']), job: text(64) } as const

/** How late and how long runs were, and what became of them, over time. */
export function ChartsSection() {
  useTitle(strings.system.sections.charts)
  const scheduler = useSchedulerKey()
  const { status } = useStatus(scheduler, 'admin')
  const isQueued = status !== null && hasQueue(status)
  const { clock } = useApp()
  const [{ range, job }, setQuery] = useQueryState(QUERY)
  const words = strings.charts
  const facts = useResource(
    `charts ${range} ${job} ${isQueued}`,
    (api, signal) =>
      loadCharts(api, {
        charted: chartedOf({ hasQueue: isQueued }),
        steps: stepsOf(range, clock.now()),
        job: job || null,
        signal,
      }),
    { scheduler },
  )
  useReloadEachStep(facts.data, facts.reload)
  return (
    <>
      <h1 class="sr-only">{words.title}</h1>
      <Panel
        title={job === '' ? words.title : `${words.title}: ${job}`}
        aside={
          <div class="cluster">
            <JobChoice key={scheduler} job={job} scheduler={scheduler} onJob={(name) => setQuery({ job: name })} />
            <Segmented
              label={words.range}
              value={range}
              options={CHART_RANGES.map((value) => ({ value, label: words.ranges[value] }))}
              onChange={(value) => setQuery({ range: value })}
            />
          </div>
        }
      >
        <ResourceView resource={facts} rows={8}>
          {(data) => (hasCounts(data) ? <Charts facts={data} /> : <Empty {...words.empty} />)}
        </ResourceView>
      </Panel>
    </>
  )
}

function Charts({ facts }: { readonly facts: ChartFacts }) {
  const words = strings.charts
  const zone = useZone()
  const since = knownFrom(facts)
  const [look] = useState(() => createStore(LOOK_AT_ALL))
  return (
    <>
      <p class="field-hint">
        {words.step(formatDuration(facts.steps.stepMs))} {words.gaps} {words.now}{' '}
        {since !== null && words.knownFrom(formatFull(Date.parse(since), zone))}
      </p>
      <div class="charts">
        {facts.charted.map((charted) => (
          <Chart key={charted.id} {...toChart(charted, facts)} look={look} />
        ))}
      </div>
    </>
  )
}

/** The last step goes on: it is read anew each half minute, and sooner when a step begins. */
const AGAIN_MS = 30_000

function useReloadEachStep(facts: ChartFacts | null, reload: () => void): void {
  const { clock, hub } = useApp()
  const endMs = facts?.steps.toMs ?? null
  useLayoutEffect(() => {
    let readMs = clock.now()
    return clock.subscribe(() => {
      const nowMs = clock.now()
      const isDue = nowMs - readMs > AGAIN_MS || (endMs !== null && nowMs > endMs && nowMs - readMs > 5_000)
      if (!isDue || hub.isPaused) return
      readMs = nowMs
      reload()
    })
  }, [clock, hub, endMs, reload])
}
