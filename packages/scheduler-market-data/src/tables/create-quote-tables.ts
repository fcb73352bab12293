import { refuseOption } from '@pm/scheduler-core/store'

import type { Quote } from '../quote/quote.ts'
import { arrayLiteral } from './array-literal.ts'
import { eachAhead } from './each-ahead.ts'
import type { FeedRefusal } from './feed-refusal.ts'
import { createFeedRowReader, type KeptFeed, toKeptFeed, unaskedFeed } from './kept-feed.ts'
import { type LatestPrice, readLatestPrice } from './latest-quote.ts'
import { checkLayout, type QuoteLayout } from './layout.ts'
import { columnsOf, cut, type DueBy, toPieces } from './quote-rows.ts'
import { textRow } from './read-rows.ts'
import { feedStatement, latestStatement } from './read-statements.ts'
import { toRefusalRows } from './refusal-rows.ts'
import { refusalStatement, SENT_OF_REFUSAL } from './refusal-statement.ts'
import { saveStatement } from './save-statement.ts'
import { sendEach } from './send-each.ts'

export interface QuoteTablesOptions<S> {
  /** Runs one statement in the session and returns its rows: `(manager, sql, values) => manager.query(sql, [...values])`. */
  readonly query: (session: S, sql: string, values: readonly unknown[]) => Promise<readonly unknown[]>
  /** How the host names tables and columns (default `quotes` and `feeds`, with the columns of `quoteTablesMigration`). */
  readonly layout?: QuoteLayout
  /** The set of prices (default none). Required where the layout has a column for it. */
  readonly scope?: string
  /**
   * By when the next answer after a quote is due, as `nextDueBy` tells of its times. With it the tables keep when
   * answers were late, which is all that attainment needs (default: nothing is kept of it).
   */
  readonly dueBy?: DueBy
}

export interface KeptFeedsInput {
  readonly symbols: readonly string[]
  /** The providers in the order in which they are asked. The first one names a symbol that nobody was asked for yet. */
  readonly providers: readonly string[]
  /** Aborting it ends the reading after the page in progress. */
  readonly signal?: AbortSignal
}

/**
 * The prices of a poll in two tables of the host, on PostgreSQL: every price that a provider made (`quotes`), and the
 * latest state of each provider and symbol (`feeds`).
 */
export interface QuoteTables<S> {
  /** Saves any number of quotes, 5,000 with one statement. */
  save(session: S, quotes: readonly Quote[]): Promise<void>
  /** Notes who was asked and gave no price. */
  saveRefusals(session: S, refusals: readonly FeedRefusal[]): Promise<void>
  /** One feed for each symbol, in their order, read in pages of 750 symbols. */
  loadFeeds(session: S, input: KeptFeedsInput): Promise<readonly KeptFeed[]>
  /**
   * The same page by page. While the reader works on one, the next is on its way in the same session: run nothing else in
   * it until the pages have ended.
   */
  feedPages(session: S, input: KeptFeedsInput): AsyncIterable<readonly KeptFeed[]>
  /** The newest price of each symbol that has one, in the order of the symbols. */
  latest(session: S, symbols: readonly string[]): Promise<readonly LatestPrice[]>
}

/** Throws `INVALID_OPTIONS` for a layout with a name that is none, and for a scope without its column or the reverse. */
export function createQuoteTables<S>(options: QuoteTablesOptions<S>): QuoteTables<S> {
  const { query, scope, dueBy } = options
  const names = checkLayout(options.layout)
  if ((names.scope === null) !== (scope === undefined)) {
    const expected =
      names.scope === null
        ? 'no scope, as the layout has no column for it'
        : 'a text, as the layout has a column for it'
    refuseOption({ path: 'scope', value: scope, expected })
  }
  const scoped = scope === undefined ? [] : [scope]
  const sql = {
    save: saveStatement(names),
    saveRefusals: refusalStatement(names),
    feeds: feedStatement(names),
    latest: latestStatement(names),
  }
  const run = (session: S, statement: string, values: readonly string[]) =>
    query(session, statement, [...scoped, ...values])

  async function* feedPages(session: S, { symbols, providers, signal }: KeptFeedsInput) {
    const readRow = createFeedRowReader(dueBy !== undefined)
    const pages = cut(symbols, SYMBOLS_OF_A_PAGE)
    const ask = (page: readonly string[]) => run(session, sql.feeds, [arrayLiteral(page)])
    for await (const [page, rows] of eachAhead(pages, ask, signal)) {
      const bySymbol = new Map<string, [KeptFeed, ...KeptFeed[]]>()
      for (const row of rows) {
        const feed = readRow(textRow(row))
        const known = bySymbol.get(feed.feed)
        if (known === undefined) bySymbol.set(feed.feed, [feed])
        else known.push(feed)
      }
      yield page.map((symbol) => {
        const feeds = bySymbol.get(symbol)
        return feeds === undefined ? unaskedFeed(symbol, providers[0] ?? '') : toKeptFeed(feeds, providers)
      })
    }
  }

  return Object.freeze({
    async save(session: S, quotes: readonly Quote[]) {
      await sendEach(toPieces(quotes, ROWS_OF_A_STATEMENT), {
        prepare: (piece) => columnsOf(piece, dueBy ?? never),
        send: (columns) => run(session, sql.save, columns),
      })
    },
    async saveRefusals(session: S, refusals: readonly FeedRefusal[]) {
      for (const piece of cut(toRefusalRows(refusals), ROWS_OF_A_STATEMENT)) {
        const columns = SENT_OF_REFUSAL.map((column) => arrayLiteral(piece.map((row) => row[column])))
        await run(session, sql.saveRefusals, columns)
      }
    },
    feedPages,
    async loadFeeds(session: S, input: KeptFeedsInput) {
      const feeds: KeptFeed[] = []
      for await (const page of feedPages(session, input)) feeds.push(...page)
      return feeds
    },
    async latest(session: S, symbols: readonly string[]) {
      const prices = new Map<string, LatestPrice>()
      for (const page of cut(symbols, SYMBOLS_OF_A_PAGE)) {
        for (const row of await run(session, sql.latest, [arrayLiteral(page)])) {
          const price = readLatestPrice(textRow(row))
          prices.set(price.symbol, price)
        }
      }
      return symbols.flatMap((symbol) => prices.get(symbol) ?? [])
    },
  })
}

function never(): null {
  return null
}

/** 10,000 quotes are two statements, and the work on one holds the event loop for about ten milliseconds. */
const ROWS_OF_A_STATEMENT = 5_000
const SYMBOLS_OF_A_PAGE = 750
