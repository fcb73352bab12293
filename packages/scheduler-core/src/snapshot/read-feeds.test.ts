import { describe, expect, it } from 'vitest'

import { FEED_WORDS } from '../../test/declared.ts'
import { readFeeds } from './read-feeds.ts'

const NOW = 1_000_000

function read(eventAt: number | null, status: string, attainment?: { expected: number; inTime: number } | null) {
  const observation = { provider: 'yahoo_finance', feed: 'AAPL', eventAt, fetchedAt: NOW, changedAt: null }
  const feed = {
    observation: { ...observation, ...(attainment !== undefined && { attainment }) },
    verdict: { status, expectedBy: null },
  }
  return readFeeds({ feeds: [feed], error: null, words: FEED_WORDS }, NOW).items?.[0]
}

describe('readFeeds', () => {
  it('takes the age from the event, not from the fetch', () => {
    expect(read(NOW - 90_000, 'stale')?.ageMs).toBe(90_000)
    expect(read(null, 'unknown')?.ageMs).toBeNull()
  })

  it("takes the age as 0 when the provider's clock is a little ahead, and as unknown when it is far ahead", () => {
    expect(read(NOW + 400, 'fresh')?.ageMs).toBe(0)
    expect(read(NOW + 90_000_000, 'unknown')?.ageMs).toBeNull()
    expect(read(NOW - 5, 'unknown')?.ageMs).toBe(5)
  })

  it('shows an attainment as a rate, unknown where nothing was due or nobody counts', () => {
    expect(read(NOW, 'fresh', { expected: 160, inTime: 23 })?.attainmentPct).toBe(14.38)
    expect(read(NOW, 'fresh', { expected: 0, inTime: 0 })?.attainmentPct).toBeNull()
    expect(read(NOW, 'fresh', null)?.attainmentPct).toBeNull()
    expect(read(NOW, 'fresh')?.attainmentPct).toBeNull()
  })

  it('counts by status, 0 for a status without feeds, and null when the feeds could not be read', () => {
    expect(readFeeds({ feeds: [], error: null, words: FEED_WORDS }, NOW).counts).toEqual(countsOf(0))
    expect(readFeeds({ feeds: null, error: 'FEEDS_TIMED_OUT', words: FEED_WORDS }, NOW)).toEqual({
      items: null,
      error: 'FEEDS_TIMED_OUT',
      counts: countsOf(null),
      words: FEED_WORDS,
    })
    expect(readFeeds({ feeds: [], error: null, words: [] }, NOW).counts).not.toHaveProperty('market_closed')
  })
})

function countsOf(each: number | null) {
  return { fresh: each, stale: each, expired: each, market_closed: each, unknown: each, total: each }
}
