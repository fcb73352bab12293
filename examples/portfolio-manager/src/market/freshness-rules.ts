import {
  defineFreshness,
  type Exchange,
  exchangeCalendar,
  exchangeOf,
  type FeedName,
  type FreshnessRule,
} from '@pm/scheduler-market-data'

import type { MarketDataKind } from '../portfolio/stored-quote.ts'

export interface FreshnessRulesOptions {
  readonly marketData: MarketDataKind
  readonly intervalSeconds: number
}

/**
 * The rule by which the feed of a symbol is fresh. A live price is expected with every poll while the symbol's exchange
 * is open; it may be late by the exchange's delay. Replayed prices are closing prices, so that one is expected per
 * trading day.
 */
export function freshnessRules({ marketData, intervalSeconds }: FreshnessRulesOptions) {
  const rules = new Map<Exchange | null, FreshnessRule>()
  const everyMs = intervalSeconds * 1_000
  const cadence =
    marketData === 'live'
      ? { every: everyMs, graceMs: EXCHANGE_DELAY_MS + Math.ceil(everyMs / 2) }
      : { every: 'trading-day' as const, graceMs: EXCHANGE_DELAY_MS }

  return ({ feed }: FeedName): FreshnessRule => {
    const exchange = exchangeOf(feed)
    const rule =
      rules.get(exchange) ??
      defineFreshness({ calendar: exchange === null ? null : exchangeCalendar(exchange), ...cadence })
    rules.set(exchange, rule)
    return rule
  }
}

/** The delay of free exchange data. */
const EXCHANGE_DELAY_MS = 15 * 60_000
