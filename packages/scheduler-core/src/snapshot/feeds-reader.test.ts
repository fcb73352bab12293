import { createManualClock } from '@pm/scheduler-testing'
import { describe, expect, it } from 'vitest'

import { FEED_WORDS } from '../../test/declared.ts'
import type { FeedObservation, FeedsSource, ReadFeedsInput } from '../ports/feeds.ts'
import { silentLogger } from '../ports/logger.ts'
import { createFeedsReader } from './feeds-reader.ts'

const AS_OF = 1_000_000
const OBSERVED: FeedObservation = {
  provider: 'yahoo_finance',
  feed: 'AAPL',
  eventAt: AS_OF - 1,
  fetchedAt: AS_OF,
  changedAt: null,
}
const FRESH = { status: 'fresh', expectedBy: null } as const
const answering: FeedsSource<null> = { read: async () => [OBSERVED], judge: () => FRESH }

function readerOf(source: FeedsSource<null, string> | null) {
  const clock = createManualClock()
  const reader = createFeedsReader({ source, clock, logger: silentLogger, redact: (text) => text })
  return { clock, read: () => reader.read(null, AS_OF) }
}

describe('reading feeds', () => {
  it('returns every observation with its verdict, and nothing when the host has no feeds', async () => {
    const read = await readerOf(answering).read()
    expect(read).toMatchObject({ items: [{ ...OBSERVED, ...FRESH }], error: null, words: [], counts: { fresh: 1 } })
    expect(await readerOf(null).read()).toMatchObject({ items: [], error: null, words: [], counts: { total: 0 } })
  })

  it.each([
    ['whose reader rejects', { ...answering, read: () => Promise.reject(new Error('no table')) }, 'FEEDS_FAILED'],
    [
      'whose judge throws',
      {
        ...answering,
        judge: () => {
          throw new Error('no calendar')
        },
      },
      'FEEDS_FAILED',
    ],
    ['without a name', observing({ feed: 5 as never }), 'FEEDS_INVALID'],
    ['that are too many', { ...answering, read: async () => Array(100_001).fill(OBSERVED) }, 'FEEDS_INVALID'],
    ['of an unknown status', { ...answering, judge: () => ({ ...FRESH, status: 'ok' as 'fresh' }) }, 'FEEDS_INVALID'],
  ])('makes those %s unknown, with a code', async (_which, source, error) => {
    expect(await readerOf(source).read()).toMatchObject({ items: null, error, words: [] })
  })

  it('judges each page of a source before it asks for the next one, and counts all pages together', async () => {
    const steps: string[] = []
    const pages = (sizes: readonly number[]): FeedsSource<null> => ({
      async *read() {
        for (const [at, size] of sizes.entries()) {
          steps.push(`page ${at}`)
          yield Array<FeedObservation>(size).fill({ ...OBSERVED, feed: String(at) })
        }
      },
      judge({ feed }) {
        steps.push(`judge ${feed}`)
        return FRESH
      },
    })
    const { items, error, counts } = await readerOf(pages([1, 2])).read()
    expect([items?.map(({ feed }) => feed), error, counts.total]).toEqual([['0', '1', '1'], null, 3])
    expect(steps).toEqual(['page 0', 'judge 0', 'page 1', 'judge 1', 'judge 1'])

    expect(await readerOf(pages([1, 100_000])).read()).toMatchObject({ items: null, error: 'FEEDS_INVALID' })
    const failing: FeedsSource<null> = {
      judge: () => FRESH,
      async *read() {
        yield [OBSERVED]
        throw new Error('no second page')
      },
    }
    expect(await readerOf(failing).read()).toMatchObject({ items: null, error: 'FEEDS_FAILED' })
  })

  it('has done all its work on a page when the next one is asked for, and leaves nothing unfrozen behind', async () => {
    const steps: string[] = []
    const source: FeedsSource<null> = {
      async *read() {
        for (const feed of ['A', 'B', 'C']) {
          steps.push(`page ${feed}`)
          yield [{ ...OBSERVED, feed, attempts: [{ provider: 'p', code: 'TIMEOUT', at: AS_OF }] }]
        }
      },
      judge: ({ feed }) => ({ status: feed === 'B' ? 'unknown' : 'expired', expectedBy: null }),
      groups: [
        { name: 'all', includes: ({ feed }) => steps.push(`group ${feed}`) > 0 },
        { name: 'none', mayBeLate: 1 },
      ],
    }
    const read = await readerOf(source).read()
    expect(steps).toEqual(['page A', 'group A', 'page B', 'group B', 'page C', 'group C'])
    expect(read.groups).toEqual([
      { name: 'all', total: 3, late: 3, lateUnknown: 1, mayBeLate: 0 },
      { name: 'none', total: 3, late: 3, lateUnknown: 1, mayBeLate: 1 },
    ])
    expect(read.counts).toMatchObject({ fresh: 0, expired: 2, unknown: 1, total: 3 })
    const parts = [read, read.items, read.counts, ...(read.items ?? []), read.items?.[0]?.attempts, read.groups]
    expect(parts.every(Object.isFrozen)).toBe(true)
  })

  it('makes the feeds unknown when a group of the host throws', async () => {
    const includes = () => {
      throw new Error('no such list')
    }
    const source = { ...answering, groups: [{ name: 'odd', includes }] }
    expect(await readerOf(source).read()).toMatchObject({ items: null, error: 'FEEDS_FAILED', groups: null })
  })

  it.each<readonly [string, FeedsSource<null>]>([
    ['with an event at NaN', observing({ eventAt: Number.NaN })],
    ['with an instant that no calendar has', observing({ fetchedAt: 1e300 })],
    ['with more updates in time than were due', observing({ attainment: { expected: 1, inTime: 2 } })],
    ['due at NaN', { ...answering, judge: () => ({ ...FRESH, expectedBy: Number.NaN }) }],
  ])('makes a feed %s unknown alone', async (_which, source) => {
    const sound = { ...OBSERVED, feed: 'SOUND' }
    const read: typeof source.read = async (...input) => {
      const answered = await source.read(...input)
      return Symbol.asyncIterator in answered ? [] : [...answered, sound]
    }
    const judge: typeof source.judge = (feed, asOf) => (feed.feed === 'SOUND' ? FRESH : source.judge(feed, asOf))
    const observation = { ...OBSERVED, eventAt: null, fetchedAt: null, changedAt: null }
    expect(await readerOf({ ...source, read, judge }).read()).toMatchObject({
      items: [
        { ...observation, status: 'unknown', expectedBy: null },
        { ...sound, ...FRESH },
      ],
      error: null,
    })
  })

  it('cuts a long name and cleans one of control characters', async () => {
    const read = readerOf(observing({ provider: 'x'.repeat(1_000), feed: 'A\u0000B' })).read
    const [feed] = (await read()).items ?? []
    expect(feed).toMatchObject({ provider: `${'x'.repeat(199)}…`, feed: 'A\\u0000B' })
  })

  it('takes the words that the source declares, and no others', async () => {
    const judging = (status: string) => ({ ...answering, words: FEED_WORDS, judge: () => ({ ...FRESH, status }) })
    const verdict = { ...FRESH, status: 'market_closed' }
    expect(await readerOf(judging('market_closed')).read()).toMatchObject({
      items: [{ ...OBSERVED, ...verdict }],
      error: null,
      words: FEED_WORDS,
    })
    expect(await readerOf(judging('asleep')).read()).toMatchObject({ items: null, error: 'FEEDS_INVALID' })
    expect(await readerOf({ ...answering, judge: () => verdict }).read()).toMatchObject({ error: 'FEEDS_INVALID' })
  })

  it('gives up on a reader that takes too long, tells it so, and asks it again only after it has ended', async () => {
    const asked: ReadFeedsInput[] = []
    const gate = Promise.withResolvers<readonly FeedObservation[]>()
    const { clock, read } = readerOf({
      ...answering,
      timeoutMs: 20,
      read(_session, input) {
        asked.push(input)
        return asked.length === 1 ? gate.promise : Promise.resolve([OBSERVED])
      },
    })
    const first = read()
    await clock.advance(19)
    expect(asked[0]?.signal.aborted).toBe(false)
    await clock.advance(1)
    expect(await first).toMatchObject({ items: null, error: 'FEEDS_TIMED_OUT', words: [] })
    expect(asked[0]?.signal.aborted).toBe(true)

    expect(await read()).toMatchObject({ items: null, error: 'FEEDS_TIMED_OUT', words: [] })
    expect(asked).toHaveLength(1)

    gate.resolve([])
    await clock.advance(0)
    expect(await read()).toMatchObject({ error: null })
    expect(asked).toHaveLength(2)
  })
})

function observing(change: Partial<FeedObservation>): FeedsSource<null> {
  return { ...answering, read: async () => [{ ...OBSERVED, ...change }] }
}
