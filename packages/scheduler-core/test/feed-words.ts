import type { FeedWord } from '../src/ports/feeds.ts'

/**
 * The words of the market-data package, with which the documents of this repository are made. A test of that package holds
 * them equal to its own.
 */
export const FEED_WORDS: readonly FeedWord[] = [
  {
    word: 'market_closed',
    title: 'Feeds of closed markets',
    help: 'Feeds of which nothing is due, since their market is closed.',
  },
]
