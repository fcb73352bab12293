import type { FeedGroup } from '@pm/scheduler-core'
import { type FreshnessRule, type Venue, venueFreshness } from '@pm/scheduler-market-data'

import type { MarketDataKind } from '../portfolio/stored-quote.ts'

export interface FreshnessRulesOptions {
  readonly marketData: MarketDataKind
  readonly intervalSeconds: number
}

/**
 * The rule by which the feed of an instrument is fresh. A live price is expected with every poll while the venue of the
 * instrument is open; it may be late by the delay of the exchange. Replayed prices are closing prices, so that one is
 * expected per trading day.
 */
export function freshnessRules({
  marketData,
  intervalSeconds,
}: FreshnessRulesOptions): (venue: Venue) => FreshnessRule {
  return venueFreshness({
    every: marketData === 'live' ? intervalSeconds * 1_000 : 'trading-day',
    delayMs: EXCHANGE_DELAY_MS,
  })
}

/**
 * What `/health/data` judges. Live prices may be missing for one instrument in five, since a delisted holding is no
 * outage. Replayed prices are years old by design: of them it matters that every poll is answered.
 */
export function freshnessGroups({ marketData, intervalSeconds }: FreshnessRulesOptions): readonly FeedGroup[] {
  if (marketData === 'live') return [{ name: 'prices', mayBeLate: 0.2 }]
  const longestMs = MISSED_POLLS * intervalSeconds * 1_000
  return [
    { name: 'replayed prices', isLate: ({ fetchedAt }, asOf) => fetchedAt === null || asOf - fetchedAt > longestMs },
  ]
}

/** The delay of free exchange data, where nobody tells it. */
const EXCHANGE_DELAY_MS = 15 * 60_000
const MISSED_POLLS = 3
