import type { Declared } from '../src/ports/declared.ts'
import type { FeedWord } from '../src/ports/feeds.ts'
import type { ProviderCondition } from '../src/ports/providers.ts'

// What the market-data package declares. The documents of this repository are made with it. A test of that package
// holds it equal to its own.

export const FEED_WORDS: readonly FeedWord[] = [
  {
    word: 'market_closed',
    title: 'Feeds of closed markets',
    help: 'Feeds of which nothing is due, since their market is closed.',
  },
]

export const CONDITIONS: readonly ProviderCondition[] = [
  {
    name: 'circuit',
    states: ['closed', 'half_open', 'open'],
    title: 'Circuit',
    help: 'Whether the provider is asked: closed is, open is not, half_open is asked once to find out; null without a circuit breaker.',
    alarm: {
      state: 'open',
      summary: 'is not asked: its circuit is open',
      description: 'It failed so often that it is left alone for a while.',
    },
  },
]

export const DECLARED: Declared = { feedWords: FEED_WORDS, providerConditions: CONDITIONS }
