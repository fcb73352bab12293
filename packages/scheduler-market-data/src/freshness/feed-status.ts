import type { FeedGrade, FeedWord } from '@pm/scheduler-core'

/** The status of a feed whose market is closed: no update is due, so the feed is not stale. */
export const MARKET_CLOSED = Object.freeze({
  word: 'market_closed',
  title: 'Feeds of closed markets',
  help: 'Feeds of which nothing is due, since their market is closed.',
} as const satisfies FeedWord)

/** How fresh a price is: a grade of core, or `market_closed`. */
export type FeedStatus = FeedGrade | typeof MARKET_CLOSED.word
