import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { exchangeCalendar } from '../calendar/exchanges/exchange-calendar.ts'
import { answerDueBy, type FeedArrival, updateDueBy } from './due-by.ts'
import { defineFreshness } from './freshness-rule.ts'
import { judgeFreshness } from './judge-freshness.ts'
import { measureAttainment } from './measure-attainment.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const XNYS = exchangeCalendar('XNYS')
const RULE = defineFreshness({ calendar: XNYS, every: 15 * MINUTE, graceMs: 5 * MINUTE })
const DAILY = defineFreshness({ calendar: XNYS, every: 'trading-day', graceMs: 30 * MINUTE })

/** Tuesday, 16 September 2025, by the clocks of New York. */
function newYork(time: string, date = 16): number {
  return Date.parse(`2025-09-${date}T${time}-04:00`)
}

/** Polls every 15 minutes of a session, half a second late. Each finds a price of its moment. */
function polls(date = 16): FeedArrival[] {
  return Array.from({ length: 27 }, (_, index) => {
    const eventAt = newYork('09:30', date) + index * 15 * MINUTE
    return { eventAt, fetchedAt: eventAt + 500 }
  })
}

describe('over a day of trading', () => {
  const window = { since: 0, asOf: newYork('23:00'), windowMs: DAY, rule: RULE }

  test('all 26 due updates came, and none was due at night', () => {
    expect(measureAttainment({ ...window, arrivals: polls() })).toEqual({ expected: 26, inTime: 26 })
  })

  test('an hour without a poll costs the updates that were due in it', () => {
    const silent = polls().filter(({ eventAt }) => eventAt <= newYork('11:00') || eventAt >= newYork('12:00'))
    expect(measureAttainment({ ...window, arrivals: silent })).toEqual({ expected: 26, inTime: 23 })
  })

  test('a market that stands still is no miss of a provider that answers, and a provider that does not is one', () => {
    const still = polls().map(({ fetchedAt }) => ({ fetchedAt, eventAt: newYork('09:30') }))
    expect(measureAttainment({ ...window, arrivals: still })).toEqual({ expected: 26, inTime: 26 })
    expect(measureAttainment({ ...window, arrivals: still.slice(0, 1) })).toEqual({ expected: 26, inTime: 1 })
  })

  test('an answer with an older price is none', () => {
    const [first, ...rest] = polls()
    const older = rest.map(({ fetchedAt }) => ({ fetchedAt, eventAt: newYork('09:29') }))
    expect(measureAttainment({ ...window, arrivals: [...(first ? [first] : []), ...older] })?.inTime).toBe(1)
  })

  test('a price with a time in the future does not count', () => {
    const ahead = polls().map(({ fetchedAt }) => ({ fetchedAt, eventAt: fetchedAt + DAY }))
    expect(measureAttainment({ ...window, arrivals: ahead })).toEqual({ expected: 26, inTime: 0 })
  })

  test('an update that came after its due instant was not in time', () => {
    const late = polls().map(({ eventAt }) => ({ eventAt, fetchedAt: newYork('17:00') }))
    expect(measureAttainment({ ...window, arrivals: late })).toEqual({ expected: 26, inTime: 0 })
  })

  test('nothing is expected before the feed was first asked for, nor while the market is closed', () => {
    expect(measureAttainment({ ...window, since: newYork('15:40'), arrivals: polls() })).toEqual({
      expected: 2,
      inTime: 2,
    })
    const sunday = { ...window, asOf: newYork('12:00', 21) }
    expect(measureAttainment({ ...sunday, arrivals: [] })).toEqual({ expected: 0, inTime: 0 })
  })
})

test('once per trading day: one closing price arrived within the half hour, the other did not', () => {
  const arrivals = [
    { eventAt: newYork('16:00', 15), fetchedAt: newYork('16:20', 15) },
    { eventAt: newYork('16:00', 16), fetchedAt: newYork('16:40', 16) },
  ]
  const over = (asOf: number) => measureAttainment({ arrivals, since: 0, asOf, windowMs: 2 * DAY, rule: DAILY })
  expect(over(newYork('16:29', 16))).toEqual({ expected: 1, inTime: 1 })
  expect(over(newYork('16:30', 16))).toEqual({ expected: 2, inTime: 1 })
})

test('once per trading day: the price of an earlier day is no answer, however often it comes', () => {
  const eventAt = newYork('16:00', 15)
  const arrivals = [15, 16].flatMap((day) => ['16:05', '16:20'].map((at) => ({ eventAt, fetchedAt: newYork(at, day) })))
  const asOf = newYork('16:30', 16)
  expect(measureAttainment({ arrivals, since: 0, asOf, windowMs: 2 * DAY, rule: DAILY })).toEqual({
    expected: 2,
    inTime: 1,
  })
})

test('it depends on the answers alone: a market that never moves has that of one that moves with every answer', () => {
  const answers = fc.array(fc.integer({ min: 0, max: 3 * DAY }), { minLength: 1, maxLength: 80 })
  fc.assert(
    fc.property(answers, fc.integer({ min: DAY, max: 3 * DAY }), (offsets, elapsed) => {
      const start = newYork('00:00', 15)
      const moving = offsets.map((at) => ({ eventAt: start + at, fetchedAt: start + at }))
      const first = start + Math.min(...offsets)
      const still = moving.map(({ fetchedAt }) => ({ eventAt: first, fetchedAt }))
      const about = { since: 0, asOf: start + elapsed, windowMs: DAY, rule: RULE }
      const measured = measureAttainment({ ...about, arrivals: still })
      expect(measured).toEqual(measureAttainment({ ...about, arrivals: moving }))
    }),
    { numRuns: 200 },
  )
})

test('a feed of every second is sampled about a thousand times a day, not 86,400 times', () => {
  const rule = defineFreshness({ calendar: exchangeCalendar('24/7'), every: 1_000 })
  const measured = measureAttainment({
    arrivals: [],
    since: 0,
    asOf: Date.UTC(2025, 0, 2, 12),
    windowMs: DAY,
    rule,
  })
  expect(measured?.expected).toBeGreaterThan(900)
  expect(measured?.expected).toBeLessThanOrEqual(1_000)
})

test('of a market with unknown hours it is not known, never 0', () => {
  const rule = defineFreshness({ calendar: null, every: 15 * MINUTE })
  expect(measureAttainment({ arrivals: polls(), since: 0, asOf: newYork('23:00'), windowMs: DAY, rule })).toBeNull()
})

test('it agrees with looking at every due instant for an answer, or a fresh feed, by the arrivals until then', () => {
  const arrivals = fc.array(
    fc.record({ at: fc.integer({ min: 0, max: 3 * DAY }), delay: fc.integer({ min: 0, max: 60 * MINUTE }) }),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(arrivals, fc.integer({ min: DAY, max: 3 * DAY }), (offsets, elapsed) => {
      const start = newYork('00:00', 15)
      const came = offsets.map(({ at, delay }) => ({ eventAt: start + at, fetchedAt: start + at + delay }))
      const asOf = start + elapsed
      let expected = 0
      let inTime = 0
      let fresh = 0
      for (let instant = asOf - DAY + 1; instant <= asOf; instant++) {
        instant = Math.ceil(instant / (15 * MINUTE)) * 15 * MINUTE
        // Due instants on the grid of the exchange; no update is due at the opening, one is due at the close.
        if (instant > asOf || !XNYS.isOpen(instant - 1)) continue
        expected++
        const times = latestUntil(instant, came)
        if (times === null) continue
        const { eventAt, fetchedAt } = times
        const dueBy = [updateDueBy(eventAt, 1, RULE), answerDueBy(fetchedAt, RULE)]
        if (dueBy.some((at) => at === null || at > instant)) inTime++
        fresh += Number(isFreshBeyond(instant, times))
      }
      const measured = measureAttainment({ arrivals: came, since: 0, asOf, windowMs: DAY, rule: RULE })
      expect(measured).toEqual({ expected, inTime })
      expect(fresh).toBeLessThanOrEqual(inTime)
    }),
    { numRuns: 200 },
  )
})

/** The newest price that had come by then, with its last answer. */
function latestUntil(instant: number, came: readonly FeedArrival[]): FeedArrival | null {
  const known = came.filter(({ fetchedAt }) => fetchedAt <= instant)
  if (known.length === 0) return null
  const eventAt = Math.max(...known.map((one) => one.eventAt))
  return { eventAt, fetchedAt: Math.max(...known.filter((one) => one.eventAt === eventAt).map((one) => one.fetchedAt)) }
}

function isFreshBeyond(instant: number, times: FeedArrival): boolean {
  const { status, expectedBy } = judgeFreshness({ ...times, changedAt: null }, { asOf: instant, rule: RULE })
  return status === 'fresh' && expectedBy !== instant
}
