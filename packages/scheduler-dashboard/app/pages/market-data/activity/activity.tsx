import type { MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'

import { useApp } from '../../../app-context.ts'
import { formatNumber, formatPercent } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Metric } from '../../../ui/metric.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { WINDOWS, type WindowId } from '../feed.ts'
import { useWindowNames } from '../use-window-names.ts'
import { ActivityChart } from './activity-chart.tsx'

export interface ActivityProps {
  readonly scheduler: string
  readonly status: Pick<MarketDataStatusV2, 'windows' | 'calls'>
  /** The window that the page shows. */
  readonly window: WindowId
}

/** How much was processed: the windows side by side, and over time for those who may see the history. */
export function Activity({ scheduler, status, window: chosen }: ActivityProps) {
  const { config } = useApp()
  const names = useWindowNames(scheduler)
  return (
    <Panel title={strings.marketData.activity.title}>
      <div class="windows">
        {WINDOWS.map((window) => (
          <section key={window} class="window">
            <h3>{names[window]}</h3>
            <Numbers scheduler={scheduler} status={status} window={window} />
          </section>
        ))}
      </div>
      {config.may.admin && <ActivityChart scheduler={scheduler} window={chosen} />}
    </Panel>
  )
}

function Numbers({ scheduler, status, window }: ActivityProps) {
  const { items_processed, items_failed, items_skipped, success_rate, coverage_pct } = status.windows[window]
  const calls = status.calls[window]
  const words = strings.marketData.activity
  const about = { scheduler, view: 'marketData', window } as const
  return (
    <div class="metrics">
      <Metric {...about} id="items_processed" label={words.symbols}>
        {formatNumber(items_processed)}
      </Metric>
      <Metric {...about} id="items_failed" label={words.failed} tone={(items_failed ?? 0) > 0 ? 'failed' : 'plain'}>
        {formatNumber(items_failed)}
      </Metric>
      <Metric {...about} id="items_skipped" label={words.skipped}>
        {formatNumber(items_skipped)}
      </Metric>
      <Metric {...about} id="provider_success_rate" label={words.calls}>
        {formatPercent(calls.success_rate)} <span class="metric-note">{words.ofCalls(formatNumber(calls.calls))}</span>
      </Metric>
      <Metric {...about} id="success_rate" label={words.runs}>
        {formatPercent(success_rate)}
      </Metric>
      <Metric {...about} id="coverage_pct" label={words.coverage}>
        {formatPercent(coverage_pct)}
      </Metric>
    </div>
  )
}
