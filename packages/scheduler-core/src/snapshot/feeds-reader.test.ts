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
    expect(await readerOf(answering).read()).toEqual({
      feeds: [{ observation: OBSERVED, verdict: FRESH }],
      error: null,
      words: [],
    })
    expect(await readerOf(null).read()).toEqual({ feeds: [], error: null, words: [] })
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
    expect(await readerOf(source).read()).toEqual({ feeds: null, error, words: [] })
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
    const { feeds, error } = await readerOf(pages([1, 2])).read()
    expect([feeds?.map(({ observation }) => observation.feed), error]).toEqual([['0', '1', '1'], null])
    expect(steps).toEqual(['page 0', 'judge 0', 'page 1', 'judge 1', 'judge 1'])

    expect(await readerOf(pages([1, 100_000])).read()).toMatchObject({ feeds: null, error: 'FEEDS_INVALID' })
    const failing: FeedsSource<null> = {
      judge: () => FRESH,
      async *read() {
        yield [OBSERVED]
        throw new Error('no second page')
      },
    }
    expect(await readerOf(failing).read()).toMatchObject({ feeds: null, error: 'FEEDS_FAILED' })
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
    expect(await readerOf({ ...source, read, judge }).read()).toEqual({
      feeds: [
        { observation, verdict: { status: 'unknown', expectedBy: null } },
        { observation: sound, verdict: FRESH },
      ],
      error: null,
      words: [],
    })
  })

  it('cuts a long name and cleans one of control characters', async () => {
    const read = readerOf(observing({ provider: 'x'.repeat(1_000), feed: 'A\u0000B' })).read
    const [feed] = (await read()).feeds ?? []
    expect(feed?.observation).toMatchObject({ provider: `${'x'.repeat(199)}…`, feed: 'A\\u0000B' })
  })

  it('takes the words that the source declares, and no others', async () => {
    const judging = (status: string) => ({ ...answering, words: FEED_WORDS, judge: () => ({ ...FRESH, status }) })
    const verdict = { ...FRESH, status: 'market_closed' }
    expect(await readerOf(judging('market_closed')).read()).toEqual({
      feeds: [{ observation: OBSERVED, verdict }],
      error: null,
      words: FEED_WORDS,
    })
    expect(await readerOf(judging('asleep')).read()).toMatchObject({ feeds: null, error: 'FEEDS_INVALID' })
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
    expect(await first).toEqual({ feeds: null, error: 'FEEDS_TIMED_OUT', words: [] })
    expect(asked[0]?.signal.aborted).toBe(true)

    expect(await read()).toEqual({ feeds: null, error: 'FEEDS_TIMED_OUT', words: [] })
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
