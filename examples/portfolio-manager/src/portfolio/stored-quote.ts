import { EntitySchema } from 'typeorm'

/** A price as a provider gave it: one row per symbol and instant of the price. */
export interface StoredQuote {
  readonly symbol: string
  /** The provider's own time of the price. */
  readonly eventTime: Date
  readonly price: string
  readonly currency: string
  readonly provider: string
  readonly fetchedAt: Date
  /** The run that fetched it. */
  readonly runId: string
}

export const StoredQuoteEntity = new EntitySchema<StoredQuote>({
  name: 'StoredQuote',
  tableName: 'quotes',
  columns: {
    symbol: { type: 'text', primary: true },
    eventTime: { name: 'event_time', type: 'timestamp with time zone', primary: true },
    price: { type: 'numeric' },
    currency: { type: 'text' },
    provider: { type: 'text' },
    fetchedAt: { name: 'fetched_at', type: 'timestamp with time zone' },
    runId: { name: 'run_id', type: 'uuid' },
  },
})
