import { useEffect } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { useResource } from '../../../data/use-resource.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Chart } from '../../../ui/chart/chart.tsx'
import { Empty } from '../../../ui/messages.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import type { WindowId } from '../feed.ts'
import { historyOf, toChart } from './to-chart.ts'

/** A minute is the shortest step. */
const AGAIN_MS = 60_000

/** Symbols over time, read anew each minute. The history is of the admin view: an analyst has none of it. */
export function ActivityChart({ scheduler, window: shown }: { readonly scheduler: string; readonly window: WindowId }) {
  const { clock } = useApp()
  const history = useResource(`history ${shown}`, (api) => api.admin.history(historyOf(shown, clock.now())), {
    scheduler,
  })
  const { reload, readAtMs } = history
  useEffect(() => {
    if (readAtMs === null) return
    const timer = window.setTimeout(reload, AGAIN_MS)
    return () => window.clearTimeout(timer)
  }, [reload, readAtMs])
  const words = strings.marketData.activity
  return (
    <ResourceView resource={history} rows={6}>
      {(data) => {
        const { times, values } = toChart(data)
        if (values.every((value) => value === null)) return <Empty title={words.noHistory} text={words.noHistoryText} />
        return (
          <Chart
            title={words.chart(words.ranges[shown])}
            times={times}
            series={[{ label: words.series, values, kind: 'bars' }]}
            format={formatNumber}
            height={160}
          />
        )
      }}
    </ResourceView>
  )
}
