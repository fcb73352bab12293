import type { FeedArrival, LoadFeedsInput, StoredFeed } from '@pm/scheduler-market-data'
import type { EntityManager } from 'typeorm'

import type { MarketDataKind } from '../portfolio/stored-quote.ts'

export interface LoadFeedsOptions {
  readonly marketData: MarketDataKind
  readonly symbols: (manager: EntityManager) => Promise<readonly string[]>
  /** The provider to name for a symbol that no provider has delivered yet. */
  readonly firstProvider: string
}

/**
 * Reads one feed for each polled symbol: that of the provider that delivered it last, with its arrivals in the window.
 * Reads by primary key and no further back than needed.
 */
export function loadFeeds({ marketData, symbols, firstProvider }: LoadFeedsOptions) {
  return async (manager: EntityManager, { arrivalsFrom }: LoadFeedsInput): Promise<readonly StoredFeed[]> => {
    const polled = await symbols(manager)
    const rows = await manager.query<FeedRow[]>(SELECT_FEEDS, [marketData, polled, new Date(arrivalsFrom)])
    const feeds = new Map(rows.map((row) => [row.symbol, toFeed(row)]))
    return polled.map((symbol) => feeds.get(symbol) ?? { provider: firstProvider, feed: symbol, ...NOTHING })
  }
}

const NOTHING = { eventAt: null, fetchedAt: null, changedAt: null, since: null, arrivals: [] } as const

const SELECT_FEEDS = `
  SELECT DISTINCT ON (feed.symbol) feed.*,
         (SELECT coalesce(json_agg(json_build_object(
                   'eventAt', extract(epoch FROM quote.event_time) * 1000,
                   'fetchedAt', extract(epoch FROM quote.fetched_at) * 1000)), '[]')
            FROM quotes quote
           WHERE quote.market_data = feed.market_data AND quote.symbol = feed.symbol
             AND quote.event_time > $3 AND quote.provider = feed.provider) AS arrivals
    FROM feeds feed
   WHERE feed.market_data = $1 AND feed.symbol = ANY ($2)
   ORDER BY feed.symbol, feed.fetched_at DESC`

interface FeedRow {
  readonly provider: string
  readonly symbol: string
  readonly event_time: Date
  readonly fetched_at: Date
  readonly changed_at: Date
  readonly since: Date
  readonly arrivals: readonly FeedArrival[]
}

function toFeed({ provider, symbol, event_time, fetched_at, changed_at, since, arrivals }: FeedRow): StoredFeed {
  return {
    provider,
    feed: symbol,
    eventAt: event_time.getTime(),
    fetchedAt: fetched_at.getTime(),
    changedAt: changed_at.getTime(),
    since: since.getTime(),
    arrivals,
  }
}
