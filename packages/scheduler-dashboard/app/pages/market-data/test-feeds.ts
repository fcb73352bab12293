import type { MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'

import type { Feed, Provider } from './feed.ts'

/** The moment of these tests. */
export const NOW = Date.parse('2026-03-10T12:00:00Z')

export function ago(minutes: number): string {
  return new Date(NOW - minutes * 60_000).toISOString()
}

/** A feed of which the last data are twelve minutes old, and that is seven minutes late. */
export function aFeed(change: Partial<Feed> = {}): Feed {
  return {
    provider: 'yahoo',
    feed: 'AAPL',
    status: 'stale',
    reason: null,
    asked_at: null,
    answered_at: null,
    missing_since: null,
    unanswered_asks: null,
    event_time: ago(12),
    fetched_at: ago(11),
    changed_at: ago(30),
    expected_by: ago(7),
    age_seconds: 720,
    attainment_pct: 87.5,
    ...change,
  }
}

const CALLS: Provider['windows']['recent'] = {
  calls: 200,
  failed: 2,
  rate_limited: 0,
  served_as_fallback: 0,
  success_rate: 99,
  avg_response_time_ms: 100,
  p50_response_time_ms: 80,
  p95_response_time_ms: 200,
  p99_response_time_ms: 300,
  max_response_time_ms: 400,
}

export function aProvider({
  calls,
  ...change
}: Partial<Provider> & { readonly calls?: Partial<typeof CALLS> } = {}): Provider {
  const counts = { ...CALLS, ...calls }
  return {
    name: 'yahoo',
    enabled: true,
    api_key_configured: true,
    last_success_at: ago(3),
    quota_remaining: 100,
    windows: { lifetime: counts, recent: counts, last_hour: counts },
    ...change,
  }
}

type Head = Pick<MarketDataStatusV2, 'feeds_error' | 'feeds_by_status' | 'feeds_attention'>

/** The feeds of a status by their counts; `items` are those that need attention. */
export function someFeeds(counts: Readonly<Record<string, number>>, items: readonly Feed[] = []): Head {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return {
    feeds_error: null,
    feeds_by_status: { total, fresh: 0, stale: 0, expired: 0, unknown: 0, ...counts },
    feeds_attention: { total: items.length, items },
  }
}
