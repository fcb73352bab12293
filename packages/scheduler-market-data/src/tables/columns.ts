import type { InstrumentFacts } from '../quote/instrument-facts.ts'

/**
 * What a column holds. Instants are `timestamptz`; spans are pairs of milliseconds since the epoch, which nothing but
 * this library reads.
 */
export type ColumnKind = 'text' | 'decimal' | 'instant' | 'count' | 'spans'

export interface Column {
  /** The name unless the layout gives another. */
  readonly name: string
  readonly kind: ColumnKind
}

/** Every column of both tables by its name in code. */
export const COLUMNS = {
  symbol: { name: 'symbol', kind: 'text' },
  provider: { name: 'provider', kind: 'text' },
  price: { name: 'price', kind: 'decimal' },
  currency: { name: 'currency', kind: 'text' },
  eventTime: { name: 'event_time', kind: 'instant' },
  eventTimePrecision: { name: 'event_time_precision', kind: 'text' },
  name: { name: 'name', kind: 'text' },
  previousClose: { name: 'previous_close', kind: 'decimal' },
  volume: { name: 'volume', kind: 'decimal' },
  type: { name: 'instrument_type', kind: 'text' },
  exchange: { name: 'exchange', kind: 'text' },
  timezone: { name: 'timezone', kind: 'text' },
  marketState: { name: 'market_state', kind: 'text' },
  delayMs: { name: 'delay_ms', kind: 'count' },
  extendedSession: { name: 'extended_session', kind: 'text' },
  extendedPrice: { name: 'extended_price', kind: 'decimal' },
  extendedEventTime: { name: 'extended_event_time', kind: 'instant' },
  fetchedAt: { name: 'fetched_at', kind: 'instant' },
  dueBy: { name: 'due_by', kind: 'instant' },
  changedAt: { name: 'changed_at', kind: 'instant' },
  since: { name: 'since', kind: 'instant' },
  askedAt: { name: 'asked_at', kind: 'instant' },
  answeredAt: { name: 'answered_at', kind: 'instant' },
  refusedAt: { name: 'refused_at', kind: 'instant' },
  refusedCode: { name: 'refused_code', kind: 'text' },
  refusedUntil: { name: 'refused_until', kind: 'instant' },
  missingSince: { name: 'missing_since', kind: 'instant' },
  unansweredAsks: { name: 'unanswered_asks', kind: 'count' },
  late: { name: 'late', kind: 'spans' },
} as const satisfies Readonly<Record<string, Column>>

export type ColumnName = keyof typeof COLUMNS

export function isColumnName(key: string): key is ColumnName {
  return Object.hasOwn(COLUMNS, key)
}

/** The columns of the table of quotes. Its key is the scope, the symbol, the time of the price and the provider. */
export const QUOTE_COLUMNS = [
  'symbol',
  'eventTime',
  'provider',
  'eventTimePrecision',
  'price',
  'currency',
  'previousClose',
  'volume',
  'fetchedAt',
] as const satisfies readonly ColumnName[]

/** The columns of what the provider said of the instrument. */
export const INSTRUMENT_COLUMNS = [
  'type',
  'exchange',
  'timezone',
  'marketState',
  'delayMs',
] as const satisfies readonly (ColumnName & keyof InstrumentFacts)[]

/** The columns of the table of feeds that say what the provider's latest price is. */
export const PRICE_COLUMNS = [
  'price',
  'currency',
  'eventTime',
  'eventTimePrecision',
  'name',
  'previousClose',
  'volume',
  ...INSTRUMENT_COLUMNS,
  'extendedSession',
  'extendedPrice',
  'extendedEventTime',
  'dueBy',
] as const satisfies readonly ColumnName[]

/** The type of a column in PostgreSQL. */
export function sqlType(column: ColumnName): string {
  return SQL_TYPES[COLUMNS[column].kind]
}

const SQL_TYPES: Readonly<Record<ColumnKind, string>> = {
  text: 'text',
  decimal: 'numeric',
  instant: 'timestamptz',
  count: 'bigint',
  spans: 'bigint[]',
}
