import type { WindowId } from '../run/windows.ts'
import { factField, listField, metricField } from '../view/bind.ts'
import { defineView, type StatusView } from '../view/define-view.ts'
import { exactView } from '../view/exactly.ts'
import { callWindows, envelope, providerFields } from './blocks.ts'
import { feedFields } from './freshness-view.ts'
import type { CallCounts, FeedsStatus, PerWindow, ProviderView, SchedulerHealth, StatusEnvelope } from './shapes.ts'

/** The market-data view, version 2: the state of the data, as codes; never an error's text, a host or a key. */
export const marketDataStatusViewV2: StatusView<MarketDataStatusV2> = exactView(
  defineView({
    name: 'MarketDataStatusV2',
    audience: 'market-data',
    fields: {
      ...envelope,
      scheduler: {
        name: factField('scheduler_name'),
        state: factField('state'),
        health: { status: factField('health'), reasons: factField('health_reasons') },
        next_run_at: metricField('next_run_at'),
        last_run_at: metricField('last_run_at'),
        last_success_at: metricField('last_success_at'),
        interval_minutes: metricField('interval_minutes'),
        uptime_seconds: metricField('uptime_seconds'),
      },
      windows: { lifetime: activity('lifetime'), recent: activity('recent'), last_hour: activity('last_hour') },
      calls: callWindows,
      providers: listField('provider', providerFields),
      ...feedFields,
    },
  }),
)

export interface MarketDataStatusV2 extends StatusEnvelope, FeedsStatus {
  readonly scheduler: SchedulerHealth & {
    readonly name: string
    readonly next_run_at: string | null
    readonly last_run_at: string | null
    readonly last_success_at: string | null
    readonly interval_minutes: number | null
    readonly uptime_seconds: number
  }
  readonly windows: PerWindow<Activity>
  readonly calls: PerWindow<CallCounts>
  readonly providers: readonly ProviderView[]
}

/** What the jobs did for the data in a window. */
interface Activity {
  readonly total_runs: number | null
  readonly success_rate: number | null
  readonly coverage_pct: number | null
  readonly symbols_processed: number | null
  readonly symbols_failed: number | null
  readonly symbols_skipped: number | null
}

/** The work of the jobs for the data in a window: their items are symbols. */
function activity<const W extends WindowId>(window: W) {
  const over = { window } as const
  return {
    total_runs: metricField('total_runs', over),
    success_rate: metricField('success_rate', over),
    coverage_pct: metricField('coverage_pct', over),
    symbols_processed: metricField('items_processed', over),
    symbols_failed: metricField('items_failed', over),
    symbols_skipped: metricField('items_skipped', over),
  } as const
}
