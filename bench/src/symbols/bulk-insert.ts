import type { Quote } from '@pm/scheduler-market-data'
import type { EntityManager } from 'typeorm'

/** A bare table with the columns of a quote, and the key that the library's tables have. */
export const BULK_TABLE = `
  CREATE TABLE bulk_quotes (
    market_data text NOT NULL, symbol text NOT NULL, event_time timestamptz NOT NULL, provider text NOT NULL,
    price numeric NOT NULL, currency text NOT NULL, event_time_precision text NOT NULL, name text,
    previous_close numeric, volume numeric, instrument_type text, exchange text, timezone text, market_state text,
    delay_ms bigint, extended_session text, extended_price numeric, extended_event_time timestamptz,
    fetched_at timestamptz NOT NULL, PRIMARY KEY (market_data, symbol, event_time, provider))`

/** The floor of a save: all rows with one statement that only inserts, sent by the driver as arrays. */
export async function insertInBulk(manager: EntityManager, quotes: readonly Quote[]): Promise<void> {
  const column = <T>(read: (quote: Quote) => T) => quotes.map(read)
  await manager.query(INSERT, [
    column((quote) => quote.symbol),
    column((quote) => new Date(quote.eventTime)),
    column((quote) => quote.provider),
    column((quote) => quote.price),
    column((quote) => quote.currency),
    column((quote) => quote.eventTimePrecision),
    column((quote) => quote.name),
    column((quote) => quote.previousClose),
    column((quote) => quote.volume),
    column((quote) => quote.instrument.type),
    column((quote) => quote.instrument.exchange),
    column((quote) => quote.instrument.timezone),
    column((quote) => quote.instrument.marketState),
    column((quote) => quote.instrument.delayMs),
    column((quote) => quote.extended?.session ?? null),
    column((quote) => quote.extended?.price ?? null),
    column((quote) => quote.extended && new Date(quote.extended.eventTime)),
    column((quote) => new Date(quote.fetchedAt)),
  ])
}

const INSERT = `
  INSERT INTO bulk_quotes
  SELECT 'live', * FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::numeric[], $5::text[], $6::text[],
    $7::text[], $8::numeric[], $9::numeric[], $10::text[], $11::text[], $12::text[], $13::text[], $14::bigint[],
    $15::text[], $16::numeric[], $17::timestamptz[], $18::timestamptz[])`
