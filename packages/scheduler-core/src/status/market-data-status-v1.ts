import type { MetricScope } from '../metrics/scope.ts'
import { factField, fieldIf, fieldIfKnown, metricField, recordField, stoppingSumField } from '../view/bind.ts'
import { defineView, type StatusView } from '../view/define-view.ts'
import type { MarketDataStatusV1 } from './frozen-market-data-v1.ts'

const recent = { window: 'recent' } as const

/** The market-data view, version 1: the recent window, and each provider. Frozen. */
export const marketDataStatusViewV1: StatusView<MarketDataStatusV1> = defineView({
  name: 'MarketDataStatusV1',
  audience: 'market-data',
  fields: {
    scheduler: {
      state: factField('state'),
      next_run: metricField('next_run_at'),
      interval_minutes: metricField('interval_minutes'),
    },
    recent_activity: {
      total_symbols_processed: stoppingSumField('items_processed', recent),
      success_rate: metricField('success_rate', recent),
      avg_response_time_ms: metricField('avg_response_time_ms', recent),
    },
    provider_stats: recordField('provider', {
      enabled: factField('provider_enabled'),
      success_rate: fieldIf(isEnabled, metricField('provider_success_rate', recent)),
      api_key_configured: fieldIfKnown(factField('provider_api_key_configured')),
    }),
  },
})

function isEnabled({ provider }: MetricScope): boolean {
  return provider?.enabled === true
}
