import type { Scope } from '../metrics/scope.ts'
import { byName, fact, ifKnown, metric, only, stoppingSum } from '../view/bind.ts'
import { defineView } from '../view/define-view.ts'

const recent = { window: 'recent' } as const

/** The market-data view, version 1: the recent window, and each provider by itself. Frozen: it gains no field and loses none. */
export const marketDataStatusViewV1 = defineView({
  name: 'MarketDataStatusV1',
  audience: 'market-data',
  fields: {
    scheduler: {
      state: fact('state'),
      next_run: metric('next_run_at'),
      interval_minutes: metric('interval_minutes'),
    },
    recent_activity: {
      total_symbols_processed: stoppingSum('items_processed', recent),
      success_rate: metric('success_rate', recent),
      avg_response_time_ms: metric('avg_response_time_ms', recent),
    },
    provider_stats: byName('provider', {
      enabled: fact('provider_enabled'),
      success_rate: only(isEnabled, metric('provider_success_rate', recent)),
      api_key_configured: ifKnown(fact('provider_api_key_configured')),
    }),
  },
})

function isEnabled({ provider }: Scope): boolean {
  return provider?.enabled === true
}
