import type { FeedGrade, FeedWord } from '@pm/scheduler-core'

/** The market is closed: nothing is due, so that silence is no staleness. */
export const MARKET_CLOSED = Object.freeze({
  word: 'market_closed',
  title: 'Feeds of closed markets',
  help: 'Feeds of which nothing is due, since their market is closed.',
} as const satisfies FeedWord)

/** How fresh a price is: one of core's grades, or the word for a closed market. */
export type FeedStatus = FeedGrade | typeof MARKET_CLOSED.word
