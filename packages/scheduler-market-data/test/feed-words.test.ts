import { expect, it } from 'vitest'

import { FEED_WORDS } from '../../scheduler-core/test/feed-words.ts'
import { createFeeds, defineFreshness, exchangeCalendar, MARKET_CLOSED } from '../src/index.ts'

const rule = defineFreshness({ calendar: exchangeCalendar('XNYS'), every: 900_000, graceMs: 0 })

it('the feeds of this package declare the status that it adds to the grades of core', () => {
  const { words } = createFeeds({ load: async () => [], ruleOf: () => rule })
  expect(words).toEqual([MARKET_CLOSED])
})

it('the generated documents of this repository contain that status', () => {
  expect(FEED_WORDS).toEqual([MARKET_CLOSED])
})
