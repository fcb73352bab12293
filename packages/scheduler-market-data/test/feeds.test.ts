import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { createManualClock } from '@pm/scheduler-testing'
import { expect, test } from 'vitest'

import {
  createFeeds,
  createMemoryFeeds,
  createPollJob,
  defineFreshness,
  describeProviders,
  exchangeCalendar,
  outsideSessions,
  type Quote,
  venueFreshness,
} from '../src/index.ts'
import { createFakeProvider, quoteOf } from './fake-provider.ts'

const MINUTE = 60_000
const calendar = exchangeCalendar('XNYS')
const rule = defineFreshness({ calendar, every: 15 * MINUTE, graceMs: 5 * MINUTE })

test('a feed through an afternoon: fresh, silent, expired, fresh again, and closed, with no poll after the close', async () => {
  // Tuesday, 13:30 in New York.
  const clock = createManualClock({ startAt: Date.parse('2025-09-16T17:30:00Z') })
  const feeds = createMemoryFeeds([{ provider: 'fake', feed: 'AAPL' }])
  let isSilent = false
  const provider = {
    ...createFakeProvider({ name: 'fake' }),
    readLimits: () => ({ quotaRemaining: 7, circuit: 'open', circuitReason: 'TIMEOUT', circuitUntil: 9 }) as const,
    async fetchQuotes() {
      const quote = { ...quoteOf('AAPL', 189, 'fake'), eventTime: clock.now(), fetchedAt: clock.now() }
      return [
        isSilent
          ? ({ kind: 'failed', symbol: 'AAPL', code: 'TIMEOUT' } as const)
          : { kind: 'quote' as const, symbol: 'AAPL', quote },
      ]
    },
  }
  const poll = createPollJob({
    schedule: every({ minutes: 15 }),
    exclude: [outsideSessions(calendar)],
    providers: [provider],
    symbols: async () => ['AAPL'],
    saveQuotes: async (_session, quotes: readonly Quote[]) => feeds.record(quotes),
    clock,
  })
  const scheduler = createScheduler({
    name: 'market_data_scheduler',
    jobs: [poll],
    clock,
    providers: describeProviders([provider]),
    feeds: createFeeds({ load: feeds.load, ruleOf: () => rule }),
    ...createMemoryBackend(),
  })
  await scheduler.open()

  const look = async () => {
    const { snapshot } = await scheduler.snapshot({ maxAgeMs: 0 })
    const [feed] = snapshot.feeds.items ?? []
    return [feed?.status, feed?.ageMs ?? null, feed?.attainmentPct]
  }
  expect(await look()).toEqual(['unknown', null, null])
  await clock.advance(60 * MINUTE)
  expect(await look()).toEqual(['fresh', 0, 100])
  const { snapshot } = await scheduler.snapshot({ maxAgeMs: 0 })
  expect(snapshot.providers[0]).toMatchObject({
    ...{ quotaRemaining: 7, conditions: { circuit: 'open' } },
    attributes: { circuit_reason: 'TIMEOUT', circuit_until: 9 },
  })

  isSilent = true
  await clock.advance(30 * MINUTE)
  expect((await look()).slice(0, 2)).toEqual(['stale', 30 * MINUTE])
  await clock.advance(40 * MINUTE)
  expect((await look()).slice(0, 2)).toEqual(['expired', 70 * MINUTE])
  isSilent = false
  await clock.advance(6 * MINUTE)
  expect((await look()).slice(0, 2)).toEqual(['fresh', MINUTE])

  // At 16:30: the last poll was at the close, and three of nine updates are missing.
  await clock.advance(44 * MINUTE)
  expect(await look()).toEqual(['market_closed', 30 * MINUTE, 66.67])
  expect((await scheduler.snapshot({ maxAgeMs: 0 })).snapshot.totals.lifetime.skipped_excluded).toBeGreaterThan(0)
  await scheduler.close()
})

test('a value that is fetched again has not changed, and one that returns to an earlier value has', async () => {
  const feeds = createMemoryFeeds()
  const record = (eventTime: number, price: number, fetchedAt: number) =>
    feeds.record([{ ...quoteOf('AAPL', price, 'fake'), eventTime, fetchedAt }])
  const load = async () => (await feeds.load(null, { windowFrom: 0 }))[0]
  record(100, 5, 110)
  record(100, 5, 210)
  expect(await load()).toMatchObject({ eventAt: 100, fetchedAt: 210, changedAt: 110, since: 110 })
  record(300, 6, 310)
  record(400, 5, 410)
  // Older than the known price: only the time of the fetch changes.
  record(200, 9, 510)
  expect(await load()).toMatchObject({ eventAt: 400, fetchedAt: 510, changedAt: 410, since: 110 })
  expect((await load())?.arrivals).toHaveLength(4)
  expect((await feeds.load(null, { windowFrom: 350 }))[0]?.arrivals).toEqual([
    { eventAt: 300, fetchedAt: 310 },
    { eventAt: 400, fetchedAt: 410 },
  ])
})

test('a thin instrument misses no update while its provider answers with the same price, and those of an outage', async () => {
  const opensAt = Date.parse('2025-09-16T13:30:00Z')
  const memory = createMemoryFeeds()
  const feeds = createFeeds({ load: memory.load, ruleOf: () => rule })
  const attainment = async (asOf: number) => {
    const read = await feeds.read(null, { asOf, signal: new AbortController().signal })
    return Symbol.asyncIterator in read ? null : read[0]?.attainment
  }
  const answerAt = (minutes: number) =>
    memory.record([{ ...quoteOf('THIN', 5, 'fake'), eventTime: opensAt, fetchedAt: opensAt + minutes * MINUTE }])
  for (let minutes = 0; minutes <= 180; minutes += 15) answerAt(minutes)
  expect(await attainment(opensAt + 180 * MINUTE)).toEqual({ expected: 12, inTime: 12 })
  for (let minutes = 240; minutes <= 300; minutes += 15) answerAt(minutes)
  expect(await attainment(opensAt + 300 * MINUTE)).toEqual({ expected: 20, inTime: 18 })
})

test('a fund that is stamped at midnight has the price of its date, and has missed none', async () => {
  const memory = createMemoryFeeds()
  const feeds = createFeeds({
    load: memory.load,
    ruleOf: venueFreshness({ every: 15 * MINUTE }),
    windowMs: 2 * 24 * 60 * MINUTE,
  })
  const instrument = { type: 'fund', exchange: 'NAS', timezone: null, marketState: null, delayMs: null } as const
  // Thursday and Friday, each published in the evening. The second one is written as if the time were exact.
  for (const [day, eventTimePrecision] of [
    ['2025-09-18', 'conventional'],
    ['2025-09-19', 'exact'],
  ] as const) {
    const [eventTime, fetchedAt] = [Date.parse(`${day}T00:00-04:00`), Date.parse(`${day}T20:00-04:00`)]
    memory.record([{ ...quoteOf('VTSAX', 5, 'fake'), eventTime, eventTimePrecision, fetchedAt, instrument }])
  }
  const asOf = Date.parse('2025-09-21T12:00-04:00')
  const read = await feeds.read(null, { asOf, signal: new AbortController().signal })
  const [feed] = Symbol.asyncIterator in read ? [] : read
  expect(feed?.attainment).toEqual({ expected: 2, inTime: 2 })
  expect(feed && feeds.judge(feed, asOf)).toMatchObject({ status: 'market_closed', reason: 'last_close' })
})
