import { toIso } from '../../clock.ts'
import type { CallMetrics } from '../../contract/metric-windows.ts'
import type { ProviderListView, ProviderView } from '../../contract/provider.ts'
import { callMetric } from '../../metrics/evaluate.ts'
import type { CallTally } from '../../run/counters.ts'
import type { ProviderReading, SnapshotReading } from '../../snapshot/snapshot.ts'
import { isoOrNull } from './job-view.ts'

export function toProviderList({ snapshot, stale }: SnapshotReading): ProviderListView {
  return { snapshot_id: snapshot.id, as_of: toIso(snapshot.asOf), stale, items: snapshot.providers.map(toProviderView) }
}

function toProviderView({ name, enabled, apiKeyConfigured, lastSuccessAt, tallies }: ProviderReading): ProviderView {
  return {
    name,
    enabled,
    api_key_configured: apiKeyConfigured,
    last_success_at: isoOrNull(lastSuccessAt),
    windows: {
      lifetime: toCallMetrics(tallies.lifetime),
      recent: toCallMetrics(tallies.recent),
      last_hour: toCallMetrics(tallies.last_hour),
    },
  }
}

function toCallMetrics(tally: CallTally): CallMetrics {
  return {
    calls: callMetric('provider_calls', tally),
    failed: callMetric('provider_failed_calls', tally),
    rate_limited: callMetric('provider_rate_limited_calls', tally),
    served_as_fallback: callMetric('provider_served_as_fallback', tally),
    success_rate: callMetric('provider_success_rate', tally),
    avg_response_time_ms: callMetric('avg_response_time_ms', tally),
  }
}
