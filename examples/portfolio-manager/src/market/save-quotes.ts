import type { Quote } from '@pm/scheduler-market-data'
import type { EntityManager } from 'typeorm'

import { type MarketDataKind, type StoredQuote, StoredQuoteEntity } from '../portfolio/stored-quote.ts'
import { updateFeeds } from './update-feeds.ts'

/**
 * Stores quotes. A quote for the same symbol and instant of the price replaces the earlier one but keeps the time of
 * the first fetch. Also updates the feeds, in the same session.
 */
export function saveQuotes(marketData: MarketDataKind) {
  return async (manager: EntityManager, quotes: readonly Quote[]): Promise<void> => {
    const rows = quotes.map((quote) => ({ marketData, ...toColumns(quote) }))
    await manager
      .createQueryBuilder()
      .insert()
      .into(StoredQuoteEntity)
      .values(rows)
      .orUpdate(['event_time_precision', 'price', 'currency', 'provider'], ['market_data', 'symbol', 'event_time'])
      .updateEntity(false)
      .execute()
    await updateFeeds(manager, marketData, rows)
  }
}

function toColumns(quote: Quote): Omit<StoredQuote, 'marketData'> {
  const { symbol, eventTime, eventTimePrecision, price, currency, provider, fetchedAt } = quote
  return {
    symbol,
    eventTime: new Date(eventTime),
    eventTimePrecision,
    price,
    currency,
    provider,
    fetchedAt: new Date(fetchedAt),
  }
}
