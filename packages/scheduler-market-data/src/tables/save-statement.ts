import { type ColumnName, PRICE_COLUMNS, QUOTE_COLUMNS } from './columns.ts'
import type { TableNames } from './layout.ts'
import { SENT } from './quote-rows.ts'
import { millisecondsOf, scopeOf, sentArrays } from './sql-parts.ts'

/** How many spans of lateness a feed keeps; the oldest go first. */
export const MAX_SPANS = 48

/**
 * Saves quotes into both tables with one statement: the scope if there is one, then one array for each of `SENT`.
 *
 * Of a feed:
 *
 * - a price replaces one that is not newer. Whatever else a quote says goes with its price.
 * - `fetched_at`, `asked_at` and `answered_at` are the last of their kind, whatever the price.
 * - `due_by` goes with the last answer that has the latest price, be that a new one or the same.
 * - `late` gets the span from the instant by which an answer was due to its arrival. One that moves no instant, such as
 *   the price of yesterday where one a day is due, ends no lateness.
 *
 * The feeds are written first. Whoever holds the row of a feed is then the only one to write its quotes.
 */
export function saveStatement(names: TableNames): string {
  const { column, quotes } = names
  const { prefix, value, first } = scopeOf(names)
  const c = (name: ColumnName) => column[name]
  return `
  WITH ${sentArrays({ names, sent: SENT, first })}, stored AS (
    INSERT INTO ${quotes} AS known (${prefix}${QUOTE_COLUMNS.map(c).join(', ')})
    SELECT ${value}${QUOTE_COLUMNS.map((name) => `given.${c(name)}`).join(', ')} FROM given
    ON CONFLICT (${prefix}${c('symbol')}, ${c('eventTime')}, ${c('provider')}) DO UPDATE SET
      ${REPLACED.map((name) => `${c(name)} = excluded.${c(name)}`).join(', ')}
     WHERE (${REPLACED.map((name) => `known.${c(name)}`).join(', ')})
           IS DISTINCT FROM (${REPLACED.map((name) => `excluded.${c(name)}`).join(', ')})
  )
  ${feedsPart(names)}`
}

/** What a quote of the same feed and instant replaces. The time of its first fetch stays. */
const REPLACED = ['eventTimePrecision', 'price', 'currency', 'previousClose', 'volume'] as const

function feedsPart(names: TableNames): string {
  const { prefix, value } = scopeOf(names)
  const c = (name: ColumnName) => names.column[name]
  const prices = PRICE_COLUMNS.map(c)
  const replaced = prices.filter((name) => name !== c('dueBy'))
  const compared = (operator: string) =>
    `(known.${c('eventTime')} IS NULL OR excluded.${c('eventTime')} ${operator} known.${c('eventTime')})`
  const isConfirmed = `(known.${c('eventTime')} IS NULL
      OR (excluded.${c('eventTime')}, excluded.${c('fetchedAt')}) >= (known.${c('eventTime')}, known.${c('fetchedAt')}))`
  const movesOn = `(known.${c('eventTime')} IS NULL OR (excluded.${c('dueBy')} <= known.${c('dueBy')}) IS NOT TRUE)`
  // Before its first price a feed is late from the beginning.
  const lateFrom = `CASE WHEN known.${c('eventTime')} IS NULL THEN known.${c('since')} ELSE known.${c('dueBy')} END`
  const span = `ARRAY[${millisecondsOf(lateFrom)}, ${millisecondsOf(`excluded.${c('fetchedAt')}`)}]`
  // An answer that was saved after a later refusal.
  const isOlder = `excluded.${c('askedAt')} < known.${c('refusedAt')}`
  return `INSERT INTO ${names.feeds} AS known (${prefix}${c('symbol')}, ${c('provider')}, ${prices.join(', ')},
         ${BEGUN.map(c).join(', ')})
  SELECT ${value}given.${c('symbol')}, given.${c('provider')}, ${prices.map((name) => `given.${name}`).join(', ')},
         ${BEGUN.map(() => `given.${c('fetchedAt')}`).join(', ')}
    FROM given
  ON CONFLICT (${prefix}${c('symbol')}, ${c('provider')}) DO UPDATE SET
    ${replaced.map((name) => `${name} = CASE WHEN ${compared('>=')} THEN excluded.${name} ELSE known.${name} END`).join(',\n    ')},
    ${c('changedAt')} = CASE WHEN ${compared('>=')} AND excluded.${c('price')} IS DISTINCT FROM known.${c('price')}
      THEN excluded.${c('changedAt')} ELSE known.${c('changedAt')} END,
    ${c('dueBy')} = CASE WHEN ${isConfirmed} THEN excluded.${c('dueBy')} ELSE known.${c('dueBy')} END,
    ${c('late')} = CASE WHEN ${isConfirmed} AND ${movesOn} AND excluded.${c('fetchedAt')} > ${lateFrom}
      THEN (known.${c('late')} || ${span})[greatest(1, cardinality(known.${c('late')}) + ${3 - 2 * MAX_SPANS}):]
      ELSE known.${c('late')} END,
    ${LATEST.map((name) => `${c(name)} = greatest(known.${c(name)}, excluded.${c(name)})`).join(',\n    ')},
    ${c('missingSince')} = CASE WHEN ${isOlder} THEN known.${c('missingSince')} END,
    ${c('unansweredAsks')} = CASE WHEN ${isOlder} THEN known.${c('unansweredAsks')} ELSE 0 END`
}

const LATEST = ['fetchedAt', 'askedAt', 'answeredAt'] as const
/** What begins with the first quote of a feed. */
const BEGUN = ['fetchedAt', 'changedAt', 'since', 'askedAt', 'answeredAt'] as const
