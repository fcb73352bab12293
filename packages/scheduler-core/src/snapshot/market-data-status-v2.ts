import type { WindowId } from '../metrics/windows.ts'
import { each, fact, metric } from '../view/bind.ts'
import { defineView, type ResponseOf } from '../view/define-view.ts'
import { callWindows, envelope, providerFields } from './blocks.ts'

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
    feeds_error: fact('feeds_error'),
    feeds_by_status: {
      total: metric('feeds_total'),
      fresh: metric('feeds_fresh'),
      stale: metric('feeds_stale'),
      expired: metric('feeds_expired'),
      market_closed: metric('feeds_market_closed'),
      unknown: metric('feeds_unknown'),
    },
    feeds: each('feed', {
      provider: fact('feed_provider'),
      feed: fact('feed_name'),
      status: fact('feed_status'),
      event_time: metric('feed_event_time'),
      fetched_at: metric('feed_fetched_at'),
      changed_at: metric('feed_changed_at'),
      expected_by: metric('feed_expected_by'),
      age_seconds: metric('feed_age_seconds'),
      attainment_pct: metric('feed_attainment_pct'),
    }),
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
