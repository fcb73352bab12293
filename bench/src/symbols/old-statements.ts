/**
 * How the sample saved and read its prices before the library had tables: its statements, with the save cut into pieces
 * that stay below PostgreSQL's 65,535 parameters. Kept for the comparison alone.
 */
import type { Quote } from '@pm/scheduler-market-data'
import { type EntityManager, EntitySchema } from 'typeorm'

interface OldQuote {
  readonly marketData: string
  readonly symbol: string
  readonly eventTime: Date
  readonly eventTimePrecision: string
  readonly price: string
  readonly currency: string
  readonly provider: string
  readonly fetchedAt: Date
}

export const OldQuoteEntity = new EntitySchema<OldQuote>({
  name: 'OldQuote',
  tableName: 'old_quotes',
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
})

export const OLD_TABLES = [
  `CREATE TABLE old_quotes (
     market_data text NOT NULL, symbol text NOT NULL, event_time timestamptz NOT NULL,
     event_time_precision text NOT NULL, price numeric NOT NULL, currency text NOT NULL, provider text NOT NULL,
     fetched_at timestamptz NOT NULL, PRIMARY KEY (market_data, symbol, event_time))`,
  `CREATE TABLE old_feeds (
     market_data text NOT NULL, provider text NOT NULL, symbol text NOT NULL, price numeric NOT NULL,
     event_time timestamptz NOT NULL, fetched_at timestamptz NOT NULL, changed_at timestamptz NOT NULL,
     since timestamptz NOT NULL, PRIMARY KEY (market_data, provider, symbol))`,
]

const PIECE = 1_000

export async function saveWithOldStatements(manager: EntityManager, quotes: readonly Quote[]): Promise<void> {
  for (let from = 0; from < quotes.length; from += PIECE) await savePiece(manager, quotes.slice(from, from + PIECE))
}

async function savePiece(manager: EntityManager, quotes: readonly Quote[]): Promise<void> {
  const rows = quotes.map((quote) => ({
    marketData: 'live',
    symbol: quote.symbol,
    eventTime: new Date(quote.eventTime),
    eventTimePrecision: quote.eventTimePrecision,
    price: quote.price,
    currency: quote.currency,
    provider: quote.provider,
    fetchedAt: new Date(quote.fetchedAt),
  }))
  await manager
    .createQueryBuilder()
    .insert()
    .into(OldQuoteEntity)
    .values(rows)
    .orUpdate(['event_time_precision', 'price', 'currency', 'provider'], ['market_data', 'symbol', 'event_time'])
    .updateEntity(false)
    .execute()
  const feeds = rows.map(({ provider, symbol, price, eventTime, fetchedAt }) => {
    return { provider, symbol, price, event_time: eventTime, fetched_at: fetchedAt }
  })
  await manager.query(UPDATE_FEEDS, ['live', JSON.stringify(feeds)])
}

const UPDATE_FEEDS = `
  INSERT INTO old_feeds AS known (market_data, provider, symbol, price, event_time, fetched_at, changed_at, since)
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
