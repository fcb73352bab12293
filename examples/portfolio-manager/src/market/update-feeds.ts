import type { EntityManager } from 'typeorm'

import type { MarketDataKind, StoredQuote } from '../portfolio/stored-quote.ts'

/** Updates the feeds: the latest price by its own time, the time of the last fetch, and when the value changed. */
export async function updateFeeds(
  manager: EntityManager,
  marketData: MarketDataKind,
  quotes: readonly FeedQuote[],
): Promise<void> {
  const rows = quotes.map(({ provider, symbol, price, eventTime, fetchedAt }) => ({
    provider,
    symbol,
    price,
    event_time: eventTime,
    fetched_at: fetchedAt,
  }))
  await manager.query(UPDATE_FEEDS, [marketData, JSON.stringify(rows)])
}

export type FeedQuote = Pick<StoredQuote, 'provider' | 'symbol' | 'price' | 'eventTime' | 'fetchedAt'>

/** Updates rows in a fixed order, so that two instances that save at once cannot deadlock. */
const UPDATE_FEEDS = `
  INSERT INTO feeds AS known (market_data, provider, symbol, price, event_time, fetched_at, changed_at, since)
  SELECT $1, provider, symbol, price, event_time, fetched_at, fetched_at, fetched_at
    FROM jsonb_to_recordset($2::jsonb)
      AS quote (provider text, symbol text, price numeric, event_time timestamptz, fetched_at timestamptz)
   ORDER BY provider, symbol
  ON CONFLICT (market_data, provider, symbol) DO UPDATE SET
    price      = CASE WHEN excluded.event_time >= known.event_time THEN excluded.price ELSE known.price END,
    changed_at = CASE WHEN excluded.event_time >= known.event_time AND excluded.price <> known.price
                      THEN excluded.fetched_at ELSE known.changed_at END,
    event_time = greatest(excluded.event_time, known.event_time),
    fetched_at = greatest(excluded.fetched_at, known.fetched_at)`
