import { COLUMNS, type ColumnName, INSTRUMENT_COLUMNS } from './columns.ts'
import type { TableNames } from './layout.ts'
import { millisecondsOf, scopeOf } from './sql-parts.ts'

/** The instants and counts of a feed, which come as one list. */
export const FEED_NUMBERS = [
  'eventTime',
  'fetchedAt',
  'changedAt',
  'since',
  'askedAt',
  'answeredAt',
  'refusedAt',
  'refusedUntil',
  'missingSince',
  'unansweredAsks',
  'dueBy',
] as const satisfies readonly ColumnName[]

/** What many feeds have in common. It comes as one list too, so that equal lists are read once. */
export const FEED_FACTS = [
  'currency',
  'eventTimePrecision',
  ...INSTRUMENT_COLUMNS,
  'refusedCode',
] as const satisfies readonly ColumnName[]

/** Between the facts of a feed. None of them has a control character. */
export const SEPARATOR = '\u001f'

/** What is read of a latest price. */
export const PRICE_FIELDS = [
  'symbol',
  'provider',
  'price',
  'currency',
  'eventTime',
  'eventTimePrecision',
  'name',
  'previousClose',
  'volume',
  ...INSTRUMENT_COLUMNS,
  'fetchedAt',
] as const satisfies readonly ColumnName[]

/**
 * Every feed of some symbols, whose array is the last parameter. Of each symbol first that of the provider that delivered
 * last; the symbols are in no order. Everything is read as text, since a host may replace the parsers of its driver, and in
 * few columns, since a driver spends most of its time on them.
 */
export function feedStatement(names: TableNames): string {
  const { column, feeds } = names
  const numbers = FEED_NUMBERS.map((name) =>
    COLUMNS[name].kind === 'instant' ? millisecondsOf(column[name]) : column[name],
  )
  const facts = FEED_FACTS.map((name) => asText(name, column[name]))
  return `
  SELECT ${column.symbol} AS symbol, ${column.provider} AS provider,
         array_to_string(ARRAY[${numbers.join(', ')}], ',', '') AS numbers,
         array_to_string(ARRAY[${facts.join(', ')}], chr(${SEPARATOR.charCodeAt(0)}), '') AS facts,
         array_to_string(${column.late}, ',') AS late,
         ${extendedOf(names)}
    FROM ${feeds}
   WHERE ${amongSymbols(names)}
   ORDER BY ${column.fetchedAt} DESC NULLS LAST, ${column.since}, ${column.provider}`
}

/** Of each of some symbols the newest price of any provider; of two of one instant the one that was fetched later. */
export function latestStatement(names: TableNames): string {
  const { column, feeds } = names
  return `
  SELECT DISTINCT ON (${column.symbol}) ${selected(names, PRICE_FIELDS)}, ${extendedOf(names)}
    FROM ${feeds}
   WHERE ${amongSymbols(names)} AND ${column.price} IS NOT NULL
   ORDER BY ${column.symbol}, ${column.eventTime} DESC, ${column.fetchedAt} DESC`
}

function extendedOf({ column }: TableNames): string {
  const time = millisecondsOf(column.extendedEventTime)
  return `${column.extendedSession} || ',' || ${column.extendedPrice} || ',' || ${time} AS extended`
}

function amongSymbols(names: TableNames): string {
  const { condition, first } = scopeOf(names)
  return `${condition}${names.column.symbol} = ANY ($${first}::text[])`
}

function selected({ column }: TableNames, fields: readonly ColumnName[]): string {
  return fields.map((name) => `${asText(name, column[name])} AS "${name}"`).join(', ')
}

function asText(name: ColumnName, column: string): string {
  const { kind } = COLUMNS[name]
  if (kind === 'instant') return `${millisecondsOf(column)}::text`
  if (kind === 'spans') return `array_to_string(${column}, ',')`
  return kind === 'text' ? column : `${column}::text`
}
