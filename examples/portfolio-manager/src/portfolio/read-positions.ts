import type { EventTimePrecision } from '@pm/scheduler-market-data'
import type { EntityManager } from 'typeorm'

import type { HeldPosition } from './held-position.ts'
import type { MarketDataKind } from './stored-quote.ts'

/**
 * Every holding with its latest quote of this kind, in order of symbol. Reads them in one statement, so that holdings
 * and quotes are consistent. Looks up one quote per holding, regardless of how many are stored. The feed of the quote's
 * provider tells when it was last fetched.
 */
export async function readPositions(
  manager: EntityManager,
  marketData: MarketDataKind,
): Promise<readonly HeldPosition[]> {
  const rows = await manager.query<PositionRow[]>(
    `
    SELECT held.symbol, held.name, held.unit, trim_scale(held.quantity)::text AS quantity, held.currency,
           trim_scale(latest.price)::text AS price, latest.currency AS quote_currency, latest.provider,
           latest.event_time, latest.event_time_precision, greatest(latest.fetched_at, feed.fetched_at) AS fetched_at
      FROM holdings held
      LEFT JOIN LATERAL (
        SELECT * FROM quotes
         WHERE quotes.market_data = $1 AND quotes.symbol = held.symbol
         ORDER BY event_time DESC
         LIMIT 1
      ) latest ON true
      LEFT JOIN feeds feed
        ON feed.market_data = $1 AND feed.symbol = latest.symbol AND feed.provider = latest.provider
     ORDER BY held.symbol`,
    [marketData],
  )
  return rows.map(toPosition)
}

type PositionRow = Omit<HeldPosition, 'quote'> & (QuoteColumns | Record<keyof QuoteColumns, null>)

interface QuoteColumns {
  readonly price: string
  readonly quote_currency: string
  readonly provider: string
  readonly event_time: Date
  readonly event_time_precision: EventTimePrecision
  readonly fetched_at: Date
}

function toPosition(row: PositionRow): HeldPosition {
  const { symbol, name, unit, quantity, currency } = row
  const held = { symbol, name, unit, quantity, currency }
  if (row.price === null) return { ...held, quote: null }
  return {
    ...held,
    quote: {
      price: row.price,
      currency: row.quote_currency,
      provider: row.provider,
      eventTime: row.event_time,
      eventTimePrecision: row.event_time_precision,
      fetchedAt: row.fetched_at,
    },
  }
}
