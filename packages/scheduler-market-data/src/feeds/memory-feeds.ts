import type { EpochMs } from '@pm/scheduler-core'

import type { Quote } from '../quote/quote.ts'
import type { FeedName, LoadFeedsInput, StoredFeed } from './create-feeds.ts'

/** Stores what feeds delivered in memory: for tests, and as the reference for hosts that store it in tables. */
export interface MemoryFeeds {
  /** Records the quotes of a poll. Call it in `saveQuotes`. */
  record(quotes: readonly Quote[]): void
  /** Reads the feeds. Pass it to `createFeeds` as `load`. */
  load(session: unknown, input: Pick<LoadFeedsInput, 'windowFrom'>): Promise<readonly StoredFeed[]>
}

/** Creates an empty memory. The `expected` feeds are reported before they have delivered. */
export function createMemoryFeeds(expected: readonly FeedName[] = []): MemoryFeeds {
  const feeds = new Map(expected.map((feed) => [keyOf(feed), { ...feed, ...NOTHING }]))
  const prices = new Map<string, string>()

  function take({ provider, symbol, eventTime, fetchedAt, price }: Quote): void {
    const name = { provider, feed: symbol }
    const key = keyOf(name)
    const known = feeds.get(key) ?? { ...name, ...NOTHING }
    const isNew = known.eventAt === null || eventTime > known.eventAt
    const isNewest = isNew || eventTime === known.eventAt
    const changed = isNewest && prices.get(key) !== price
    if (isNewest) prices.set(key, price)
    feeds.set(key, {
      ...known,
      eventAt: isNew ? eventTime : known.eventAt,
      fetchedAt: Math.max(known.fetchedAt ?? fetchedAt, fetchedAt),
      changedAt: changed ? fetchedAt : known.changedAt,
      since: known.since ?? fetchedAt,
      arrivals: isNew ? [...known.arrivals, { eventAt: eventTime, fetchedAt }] : known.arrivals,
    })
  }

  return Object.freeze({
    record(quotes: readonly Quote[]) {
      for (const quote of quotes) take(quote)
    },
    async load(_session: unknown, { windowFrom }: Pick<LoadFeedsInput, 'windowFrom'>) {
      for (const [key, feed] of feeds) feeds.set(key, { ...feed, arrivals: within(feed.arrivals, windowFrom) })
      return [...feeds.values()]
    },
  })
}

const NOTHING: Omit<StoredFeed, keyof FeedName> = Object.freeze({
  eventAt: null,
  fetchedAt: null,
  changedAt: null,
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
