import { describe, expect, it } from 'vitest'

import { aFeed } from '../test-feeds.ts'
import { extraFieldsOf, extraValueOf } from './extra-fields.ts'
import { chipsOf, isFiltered, queryOf, statusesOf, toggled, worstFirst } from './to-filters.ts'

const COUNTS = { total: 8, fresh: 4, stale: 1, expired: 1, market_closed: 1, unknown: 1 }
const NONE = { q: '', status: '', provider: '', reason: '', venue: '', unit: '', order: 'lateness' } as const

describe('the filters of the feeds', () => {
  it("have the host's own words, and the worst first", () => {
    const chips = chipsOf(COUNTS, ['stale'])
    expect(chips.map(({ word, count }) => `${word} ${count}`)).toEqual([
      'expired 1',
      'stale 1',
      'unknown 1',
      'market closed 1',
      'fresh 4',
    ])
    expect(chips.filter(({ isChosen }) => isChosen).map(({ status }) => status)).toEqual(['stale'])
  })

  it('ask the API only for what it knows', () => {
    expect(statusesOf('stale,total,nonsense,market_closed', COUNTS)).toEqual(['stale', 'market_closed'])
    expect(queryOf({ ...NONE, q: 'AAP', provider: 'yahoo' }, ['stale', 'expired'])).toEqual({
      order: 'lateness',
      search: 'AAP',
      provider: 'yahoo',
      status: 'stale,expired',
    })
    expect(queryOf(NONE, [])).toEqual({ order: 'lateness' })
    expect(queryOf({ ...NONE, reason: 'not_asked', venue: 'XLON', unit: 'GBp' }, [])).toEqual({
      ...{ order: 'lateness', reason: 'not_asked', venue: 'XLON', unit: 'GBp' },
    })
  })

  it('go on and off one by one', () => {
    expect(toggled([], 'stale')).toBe('stale')
    expect(toggled(['stale', 'expired'], 'stale')).toBe('expired')
    expect(isFiltered(NONE, [])).toBe(false)
    expect(isFiltered(NONE, ['stale'])).toBe(true)
    expect(isFiltered({ ...NONE, venue: 'XLON' }, [])).toBe(true)
  })
})

it('puts feeds without data before fresh ones, and keeps the order of one status', () => {
  const feeds = ['market_closed', 'fresh', 'stale', 'unknown', 'expired', 'stale'].map((status, at) =>
    aFeed({ status, feed: String(at) }),
  )
  expect(worstFirst(feeds).map(({ feed }) => feed)).toEqual(['4', '2', '5', '3', '1', '0'])
})

it('makes a column of each field that the API comes to have', () => {
  const feeds = [aFeed(), { ...aFeed(), price: 12.5, next_open: '2026-03-11T14:30:00Z', reason: 'halted', extra: [1] }]
  expect(extraFieldsOf(feeds)).toEqual(['reason', 'price', 'next_open', 'extra'])
  const [plain, rich] = feeds
  expect(plain && extraValueOf(plain, 'price')).toEqual({ kind: 'none' })
  expect(['price', 'next_open', 'reason', 'extra'].map((name) => rich && extraValueOf(rich, name).kind)).toEqual([
    'number',
    'instant',
    'text',
    'text',
  ])
})
