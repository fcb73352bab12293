import type { EventTimePrecision } from '@pm/scheduler-market-data'
import { EntitySchema } from 'typeorm'

/** Whether prices are current or replayed from the past. The two are never mixed. */
export type MarketDataKind = 'live' | 'replay'

/** A price of a provider: one row per symbol and instant of the price. */
export interface StoredQuote {
  readonly marketData: MarketDataKind
  readonly symbol: string
  /** The provider's own time of the price. */
  readonly eventTime: Date
  /** `day` when the provider named only a trading day. */
  readonly eventTimePrecision: EventTimePrecision
  readonly price: string
  readonly currency: string
  readonly provider: string
  readonly fetchedAt: Date
}

export const StoredQuoteEntity = new EntitySchema<StoredQuote>({
  name: 'StoredQuote',
  tableName: 'quotes',
  columns: {
    marketData: { name: 'market_data', type: 'text', primary: true },
    symbol: { type: 'text', primary: true },
    eventTime: { name: 'event_time', type: 'timestamp with time zone', primary: true },
    eventTimePrecision: { name: 'event_time_precision', type: 'text' },
    price: { type: 'numeric' },
    currency: { type: 'text' },
    provider: { type: 'text' },
    fetchedAt: { name: 'fetched_at', type: 'timestamp with time zone' },
  },
  checks: [{ name: 'quotes_market_data_check', expression: "market_data IN ('live', 'replay')" }],
})
