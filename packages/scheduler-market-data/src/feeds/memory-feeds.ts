import type { EpochMs, FeedAttempt } from '@pm/scheduler-core'

import type { Quote } from '../quote/quote.ts'
import type { FeedName, LoadFeedsInput, StoredFeed } from './create-feeds.ts'

/** Stores what feeds delivered in memory: for tests, and as the reference for hosts that store it in tables. */
export interface MemoryFeeds {
  /** Records the quotes of a poll. Call it in `saveQuotes`. */
  record(quotes: readonly Quote[]): void
  /** Notes who gave no price for a symbol. Only a provider that was asked, or knows the symbol, has a feed of it. */
  note(refusals: readonly NotedRefusal[]): void
  /** Reads the feeds. Pass it to `createFeeds` as `load`. */
  load(session: unknown, input: Pick<LoadFeedsInput, 'windowFrom'>): Promise<readonly StoredFeed[]>
}

/** A try at one provider for one symbol that brought no price. */
export interface NotedRefusal {
  readonly symbol: string
  readonly provider: string
  readonly code: string
  readonly at: EpochMs
  /** Until when the provider is not asked (default unknown). */
  readonly until?: EpochMs | null
  /** Whether it was asked, and not left alone for its budget or its circuit. */
  readonly wasAsked: boolean
  /** Whether it answered about the symbol. */
  readonly hasAnswered: boolean
}

/** Creates an empty memory. The `expected` feeds are reported before they have delivered. */
export function createMemoryFeeds(expected: readonly FeedName[] = []): MemoryFeeds {
  const feeds = new Map(expected.map((feed) => [keyOf(feed), { ...feed, ...NOTHING }]))
  const prices = new Map<string, string>()
  const attempts = new Map<string, Map<string, FeedAttempt>>()

  function take(quote: Quote): void {
    const { provider, symbol, eventTime, fetchedAt, price } = quote
    const name = { provider, feed: symbol }
    const key = keyOf(name)
    const known = feeds.get(key) ?? { ...name, ...NOTHING }
    const isNew = known.eventAt === null || eventTime > known.eventAt
    const isNewest = isNew || eventTime === known.eventAt
    const changed = isNewest && prices.get(key) !== price
    if (isNewest) prices.set(key, price)
    attempts.get(symbol)?.delete(provider)
    const last = laterOf(known.fetchedAt, fetchedAt)
    feeds.set(key, {
      ...known,
      ...(isNewest && toldBy(quote)),
      eventAt: isNew ? eventTime : known.eventAt,
      fetchedAt: last,
      askedAt: laterOf(known.askedAt, last),
      answeredAt: laterOf(known.answeredAt, last),
      changedAt: changed ? fetchedAt : known.changedAt,
      since: known.since ?? fetchedAt,
      missingSince: null,
      unansweredAsks: 0,
      arrivals: isNewest ? [...known.arrivals, { eventAt: eventTime, fetchedAt }] : known.arrivals,
    })
  }

  function noteOne(refusal: NotedRefusal): void {
    const { symbol, provider, code, at, until = null } = refusal
    const tried = attempts.get(symbol) ?? new Map<string, FeedAttempt>()
    tried.delete(provider)
    attempts.set(symbol, tried.set(provider, { provider, code, at, until }))
    for (const [key, feed] of feeds) if (feed.feed === symbol) feeds.set(key, afterRefusal(feed, refusal))
  }

  return Object.freeze({
    record(quotes: readonly Quote[]) {
      for (const quote of quotes) take(quote)
    },
    note(refusals: readonly NotedRefusal[]) {
      for (const refusal of refusals) noteOne(refusal)
    },
    async load(_session: unknown, { windowFrom }: Pick<LoadFeedsInput, 'windowFrom'>) {
      for (const [key, feed] of feeds) feeds.set(key, { ...feed, arrivals: within(feed.arrivals, windowFrom) })
      return [...feeds.values()].map((feed) => ({ ...feed, attempts: [...(attempts.get(feed.feed)?.values() ?? [])] }))
    },
  })
}

/** All feeds of a symbol know that somebody was asked; only that of the provider lacks an answer of it. */
function afterRefusal(feed: StoredFeed, { provider, at, wasAsked, hasAnswered }: NotedRefusal): StoredFeed {
  const { askedAt = null, answeredAt = null, missingSince, unansweredAsks = 0 } = feed
  const asked = {
    askedAt: wasAsked ? laterOf(askedAt, at) : askedAt,
    answeredAt: hasAnswered ? laterOf(answeredAt, at) : answeredAt,
  }
  if (feed.provider !== provider) return { ...feed, ...asked }
  const asks = (unansweredAsks ?? 0) + (wasAsked ? 1 : 0)
  return { ...feed, ...asked, missingSince: missingSince ?? at, unansweredAsks: asks }
}

function laterOf(before: EpochMs | null | undefined, at: EpochMs): EpochMs {
  return Math.max(before ?? at, at)
}

/** What a quote tells of its instrument. */
function toldBy({ currency, instrument, eventTimePrecision, extended }: Quote) {
  return { currency, instrument, eventTimePrecision, extended }
}

const NOTHING: Omit<StoredFeed, keyof FeedName> = Object.freeze({
  eventAt: null,
  fetchedAt: null,
  changedAt: null,
  askedAt: null,
  answeredAt: null,
  missingSince: null,
  unansweredAsks: 0,
  since: null,
  arrivals: Object.freeze([]),
})

function keyOf({ provider, feed }: FeedName): string {
  return JSON.stringify([provider, feed])
}

/** The arrivals in the window, and the last one before it. */
function within(arrivals: StoredFeed['arrivals'], from: EpochMs): StoredFeed['arrivals'] {
  const first = arrivals.findIndex(({ fetchedAt }) => fetchedAt > from)
  return arrivals.slice(Math.max(0, first === -1 ? arrivals.length - 1 : first - 1))
}
