import { describe, expect, it } from 'vitest'

import { aFeed, ago, NOW, someFeeds } from './test-feeds.ts'
import { toVerdict } from './to-verdict.ts'

const live = { nowMs: NOW, asOf: null }

describe('the verdict on the data', () => {
  it('says the one thing that matters: how many are late, and the worst of them', () => {
    const { state, text, spoken } = toVerdict(someFeeds({ fresh: 9_997, stale: 3 }, [aFeed()]), live)
    expect(text).toBe('3 of 10,000 feeds are late, the worst by 7 min: yahoo AAPL.')
    expect(state).toBe('late')
    expect(spoken).toBe('3 of 10,000 feeds are late.')
  })

  it('is worse where a value should not be used, and also tells of feeds without data', () => {
    const items = [aFeed({ status: 'unknown', expected_by: ago(99) }), aFeed({ status: 'expired' })]
    const { state, text } = toVerdict(someFeeds({ expired: 1, unknown: 2 }, items), live)
    expect(text).toBe('1 of 3 feeds is late, the worst by 7 min: yahoo AAPL. 2 more have no data.')
    expect(state).toBe('failed')
  })

  it.each([
    ['all fresh', { fresh: 8 }, 'ok', 'All 8 feeds are fresh.'],
    ['the only one fresh', { fresh: 1 }, 'ok', 'The one feed is fresh.'],
    [
      'some markets closed',
      { fresh: 5, market_closed: 3 },
      'ok',
      '5 of 8 feeds are fresh, and of the others nothing is due: 3 market closed.',
    ],
    ['every market closed', { market_closed: 8 }, 'paused', 'Nothing is due of any of the 8 feeds: 8 market closed.'],
    ['no data', { fresh: 7, unknown: 1 }, 'unknown', 'Of 1 of 8 feeds nothing can be said: it has no data.'],
    ['no feed', {}, 'unknown', 'No feed is known yet.'],
  ] as const)('%s', (_name, counts, state, text) => {
    expect(toVerdict(someFeeds(counts), live)).toMatchObject({ state, text })
  })

  it('does not know what could not be read', () => {
    const verdict = toVerdict({ ...someFeeds({ fresh: 8 }), feeds_error: 'FEEDS_TIMED_OUT' }, live)
    expect(verdict).toMatchObject({
      state: 'unknown',
      text: 'How fresh the feeds are is not known: reading them took too long.',
    })
  })

  it('calls nothing good that is old', () => {
    const verdict = toVerdict(someFeeds({ fresh: 8 }), { nowMs: NOW, asOf: '14:03:07' })
    expect(verdict).toMatchObject({ state: 'unknown', text: 'At 14:03:07: All 8 feeds are fresh.' })
  })
})
