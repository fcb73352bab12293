import { expect, onTestFinished } from 'vitest'

import { UNKNOWN_INSTRUMENT } from '../quote/instrument-facts.ts'
import type { Quote } from '../quote/quote.ts'
import type { FeedRefusal } from '../tables/feed-refusal.ts'
import type { KeptFeed } from '../tables/kept-feed.ts'
import type { DueBy } from '../tables/quote-rows.ts'
import type { CreateQuoteTablesHarness } from './quote-tables-harness.ts'

export const MINUTE = 60_000
/** Tuesday, 16 September 2025, 14:00 UTC. */
export const T0 = Date.UTC(2025, 8, 16, 14)
export const PROVIDERS = ['first', 'second'] as const
/** The updates of the suite's feeds are due within 20 minutes of a price. */
export const DUE_MS = 20 * MINUTE

/** Tables of a host, with a step for each thing that a poll does to them. Each step is a unit of its own. */
export interface QuoteTablesScene {
  save(...quotes: readonly Quote[]): Promise<void>
  refuse(...refusals: readonly FeedRefusal[]): Promise<void>
  feed(symbol?: string): Promise<KeptFeed>
  feeds(...symbols: readonly string[]): Promise<readonly KeptFeed[]>
  latest(...symbols: readonly string[]): Promise<readonly Quote[]>
  /** Saves, and then throws in the same session. */
  saveInVain(...quotes: readonly Quote[]): Promise<void>
}

export async function openScene<S>(
  createHarness: CreateQuoteTablesHarness<S>,
  dueBy: DueBy = ({ eventTime }) => eventTime + DUE_MS,
): Promise<QuoteTablesScene> {
  const { sessions, tables, close } = await createHarness({ dueBy })
  onTestFinished(close)
  const unit = <T>(work: (session: S) => Promise<T>) => sessions.withSession(work, { unit: 'conformance' })
  const feeds = (...symbols: readonly string[]) =>
    unit((session) => tables.loadFeeds(session, { symbols, providers: PROVIDERS }))
  return {
    save: (...quotes) => unit((session) => tables.save(session, quotes)),
    refuse: (...refusals) => unit((session) => tables.saveRefusals(session, refusals)),
    async feed(symbol = 'AAPL') {
      const [feed, ...others] = await feeds(symbol)
      expect(others).toEqual([])
      if (feed === undefined) throw new Error(`There is no feed of ${symbol}.`)
      return feed
    },
    feeds,
    latest: (...symbols) => unit((session) => tables.latest(session, symbols)),
    async saveInVain(...quotes) {
      const failing = unit(async (session) => {
        await tables.save(session, quotes)
        throw new Error('no commit')
      })
      await expect(failing).rejects.toThrow('no commit')
    },
  }
}

/** A quote of `T0`, fetched a minute later. */
export function quoteAt(change: Partial<Quote> = {}): Quote {
  const eventTime = change.eventTime ?? T0
  return {
    symbol: 'AAPL',
    price: '189.5',
    currency: 'USD',
    eventTime,
    eventTimePrecision: 'exact',
    fetchedAt: eventTime + MINUTE,
    provider: PROVIDERS[0],
    name: null,
    previousClose: null,
    volume: null,
    instrument: UNKNOWN_INSTRUMENT,
    extended: null,
    ...change,
  }
}

export function refusalAt(at: number, change: Partial<FeedRefusal> = {}): FeedRefusal {
  const asked = { until: null, wasAsked: true, hasAnswered: false }
  return { symbol: 'AAPL', provider: PROVIDERS[0], at, code: 'TIMEOUT', ...asked, ...change }
}
