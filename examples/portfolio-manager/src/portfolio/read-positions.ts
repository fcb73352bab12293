import type { EventTimePrecision } from '@pm/scheduler-market-data'
import type { EntityManager } from 'typeorm'

import type { HeldPosition } from './held-position.ts'
import type { MarketDataKind } from './stored-quote.ts'

/**
 * Every holding with its latest quote of this kind, in order of symbol, and when that was last fetched. Reads them in one
 * statement, so that holdings and quotes are consistent. The feeds have the latest quote of each provider, so that it
 * does not matter how many are stored.
 */
export async function readPositions(
  manager: EntityManager,
  marketData: MarketDataKind,
): Promise<readonly HeldPosition[]> {
  const rows = await manager.query<PositionRow[]>(
    `
    SELECT held.symbol, held.name, held.unit, trim_scale(held.quantity)::text AS quantity, held.currency,
           trim_scale(latest.price)::text AS price, latest.currency AS quote_currency, latest.provider,
           latest.event_time, latest.event_time_precision, latest.fetched_at
      FROM holdings held
      LEFT JOIN LATERAL (
        SELECT * FROM feeds
         WHERE feeds.market_data = $1 AND feeds.symbol = held.symbol AND price IS NOT NULL
         ORDER BY event_time DESC, fetched_at DESC
         LIMIT 1
      ) latest ON true
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
