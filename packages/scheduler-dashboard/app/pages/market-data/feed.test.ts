import { expect, it } from 'vitest'

import { latenessOf, wordOfFeed } from './feed.ts'
import { formatCoarse } from './format-coarse.ts'
import { aFeed, ago, NOW } from './test-feeds.ts'

it('counts the lateness from when the data were due, and has none before', () => {
  expect(latenessOf(aFeed(), NOW)).toBe(7 * 60_000)
  expect(latenessOf(aFeed({ expected_by: ago(-1) }), NOW)).toBeNull()
  expect(latenessOf(aFeed({ expected_by: null }), NOW)).toBeNull()
})

it('tells no data from what is not known', () => {
  expect(wordOfFeed(aFeed({ status: 'unknown', event_time: null }))).toBe('no data')
  expect(wordOfFeed(aFeed({ status: 'unknown' }))).toBe('unknown')
  expect(wordOfFeed(aFeed({ status: 'market_closed' }))).toBe('market closed')
})

it.each([
  [0, '1 s'],
  [42_900, '42 s'],
  [14 * 60_000 + 59_999, '14 min'],
  [134 * 60_000, '2 h 14 min'],
  [120 * 60_000, '2 h'],
  [27 * 3_600_000, '1 d 3 h'],
])('writes %i ms as %s', (ms, text) => {
  expect(formatCoarse(ms)).toBe(text)
})
