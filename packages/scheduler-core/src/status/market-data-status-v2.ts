import type { WindowId } from '../run/windows.ts'
import { each, fact, metric } from '../view/bind.ts'
import { defineView, type ResponseOf } from '../view/define-view.ts'
import { callWindows, envelope, providerFields } from './blocks.ts'
import { feedFields } from './freshness-view.ts'

/** The market-data view, version 2: how the data fares. It carries codes, and never an error's text, a host or a key. */
export const marketDataStatusViewV2 = defineView({
  name: 'MarketDataStatusV2',
  audience: 'market-data',
  fields: {
    ...envelope,
    scheduler: {
      name: fact('scheduler_name'),
      state: fact('state'),
      health: { status: fact('health'), reasons: fact('health_reasons') },
      next_run_at: metric('next_run_at'),
      last_run_at: metric('last_run_at'),
      last_success_at: metric('last_success_at'),
      interval_minutes: metric('interval_minutes'),
      uptime_seconds: metric('uptime_seconds'),
    },
    windows: { lifetime: activity('lifetime'), recent: activity('recent'), last_hour: activity('last_hour') },
    calls: callWindows,
    providers: each('provider', providerFields),
    ...feedFields,
  },
})

export type MarketDataStatusV2 = ResponseOf<typeof marketDataStatusViewV2>

/** What the jobs did for the data in a window: their items are symbols. */
function activity<const W extends WindowId>(window: W) {
  const over = { window } as const
  return {
    total_runs: metric('total_runs', over),
    success_rate: metric('success_rate', over),
    coverage_pct: metric('coverage_pct', over),
    symbols_processed: metric('items_processed', over),
    symbols_failed: metric('items_failed', over),
    symbols_skipped: metric('items_skipped', over),
  } as const
}
