import { toIso } from '../clock.ts'
import type { MarketDataStatusV1 } from '../contract/market-data-status-v1.ts'
import { callMetric, runMetric } from '../metrics/evaluate.ts'
import type { ProviderReading, SchedulerSnapshot } from './snapshot.ts'
import type { StatusOptions } from './to-admin-status.ts'

/** The market-data view, version 1: the recent window, and each provider by itself. Pure; carries no error text. */
export function toMarketDataStatus(
  snapshot: SchedulerSnapshot,
  { emptyRate = null }: StatusOptions = {},
): MarketDataStatusV1 {
  const { scheduler } = snapshot
  const { recent } = snapshot.totals
  return {
    scheduler: {
      state: scheduler.state,
      next_run: scheduler.nextRunAt === null ? null : toIso(scheduler.nextRunAt),
      interval_minutes: scheduler.intervalMs === null ? null : scheduler.intervalMs / 60_000,
    },
    recent_activity: {
      total_symbols_processed: runMetric('items_processed', recent),
      success_rate: runMetric('success_rate', recent) ?? emptyRate,
      avg_response_time_ms: callMetric('avg_response_time_ms', snapshot.callTotals.recent),
    },
    provider_stats: Object.fromEntries(
      snapshot.providers.map((provider) => [provider.name, toStats(provider, emptyRate)]),
    ),
  }
}

function toStats({ enabled, apiKeyConfigured, tallies }: ProviderReading, emptyRate: null | 0) {
  return {
    enabled,
    ...(enabled && { success_rate: callMetric('provider_success_rate', tallies.recent) ?? emptyRate }),
    ...(apiKeyConfigured !== null && { api_key_configured: apiKeyConfigured }),
  }
}
