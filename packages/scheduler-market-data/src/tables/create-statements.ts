import { type ColumnName, PRICE_COLUMNS, QUOTE_COLUMNS, sqlType } from './columns.ts'
import { checkLayout, type QuoteLayout } from './layout.ts'

/** The statements that make and drop the tables of quotes and feeds, in their order, for a migration of the host. */
export interface QuoteTablesMigration {
  readonly up: readonly string[]
  readonly down: readonly string[]
}

/**
 * The migration of both tables. PostgreSQL 12 or later. Throws `INVALID_OPTIONS` for a layout with a name that is none.
 *
 * A host may make the tables itself instead: with these columns and keys, and more columns of its own that have
 * defaults.
 */
export function quoteTablesMigration(layout?: QuoteLayout): QuoteTablesMigration {
  const { quotes, feeds, column, scope } = checkLayout(layout)
  const define = (name: ColumnName, rest = '') => `${column[name]} ${sqlType(name)}${rest}`
  const scoped = scope === null ? [] : [`${scope} text NOT NULL`]
  const key = (...names: readonly ColumnName[]) =>
    `PRIMARY KEY (${[...(scope === null ? [] : [scope]), ...names.map((name) => column[name])].join(', ')})`

  const ofQuotes = [
    ...scoped,
    ...QUOTE_COLUMNS.map((name) => define(name, OPTIONAL.has(name) ? '' : ' NOT NULL')),
    key('symbol', 'eventTime', 'provider'),
  ]
  const ofFeeds = [
    ...scoped,
    define('symbol', ' NOT NULL'),
    define('provider', ' NOT NULL'),
    ...PRICE_COLUMNS.map((name) => define(name)),
    define('since', ' NOT NULL'),
    ...TIMES.map((name) => define(name)),
    define('refusedCode'),
    define('unansweredAsks', ' NOT NULL DEFAULT 0'),
    define('late', " NOT NULL DEFAULT '{}'"),
    key('symbol', 'provider'),
  ]
  return {
    // Every poll updates every feed: with room on its page, a new version needs no new entry in the index.
    up: [create(quotes, ofQuotes), `${create(feeds, ofFeeds)} WITH (fillfactor = 50)`],
    down: [`DROP TABLE IF EXISTS ${feeds}`, `DROP TABLE IF EXISTS ${quotes}`],
  }
}

const TIMES = ['fetchedAt', 'changedAt', 'askedAt', 'answeredAt', 'refusedAt', 'refusedUntil', 'missingSince'] as const

const OPTIONAL: ReadonlySet<ColumnName> = new Set(['previousClose', 'volume'])

function create(table: string, lines: readonly string[]): string {
  return `CREATE TABLE IF NOT EXISTS ${table} (\n  ${lines.join(',\n  ')}\n)`
}
