import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { exchangeCalendar } from '../calendar/exchanges/exchange-calendar.ts'
import type { TradingCalendar } from '../calendar/trading-calendar.ts'
import { updateDueBy } from './due-by.ts'
import { defineFreshness, type FreshnessOptions } from './freshness-rule.ts'
import { type FeedFreshness, judgeFreshness } from './judge-freshness.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const XNYS = exchangeCalendar('XNYS')
const EVERY_15 = defineFreshness({ calendar: XNYS, every: 15 * MINUTE, graceMs: 5 * MINUTE })
const DAILY = defineFreshness({ calendar: XNYS, every: 'trading-day', graceMs: 30 * MINUTE, expiresAfter: 3 })

/** Tuesday, 16 September 2025, and the days around it, by the clocks of New York. */
function newYork(time: string, date = 16): number {
  return Date.parse(`2025-09-${date}T${time}-04:00`)
}

describe('a price that is expected every 15 minutes, up to 5 minutes late', () => {
  const CASES: [string, number, number, FeedFreshness['status'], number | null][] = [
    // what, event time, now, status, expected by
    ['of a minute ago', newYork('11:00'), newYork('11:01'), 'fresh', newYork('11:20')],
    ['of 20 minutes ago, at the last moment', newYork('11:00'), newYork('11:20'), 'fresh', newYork('11:20')],
    ['of just over 20 minutes ago', newYork('11:00'), newYork('11:20') + 1, 'stale', newYork('11:20')],
    ['of 65 minutes ago, four updates missed', newYork('11:00'), newYork('12:05'), 'stale', newYork('11:20')],
    ['of 66 minutes ago', newYork('11:00'), newYork('12:06'), 'expired', newYork('11:20')],
    ['of the close, in the night', newYork('16:00'), newYork('23:00'), 'market_closed', newYork('09:50', 17)],
    ['of the close, after the opening', newYork('16:00'), newYork('09:49', 17), 'fresh', newYork('09:50', 17)],
    [
      'of the close, when the first update is late',
      newYork('16:00'),
      newYork('09:51', 17),
      'stale',
      newYork('09:50', 17),
    ],
    [
      'of shortly before the close, in the night',
      newYork('15:45'),
      newYork('23:00'),
      'market_closed',
      newYork('09:35', 17),
    ],
    ['of the afternoon: it was late before the close', newYork('15:30'), newYork('23:00'), 'stale', newYork('15:50')],
    ['of noon: too late even for the night', newYork('12:00'), newYork('23:00'), 'expired', newYork('12:20')],
    ['of Friday’s close, on Sunday', newYork('16:00', 19), newYork('12:00', 21), 'market_closed', newYork('09:50', 22)],
    ['of Thursday’s close, on Sunday', newYork('16:00', 18), newYork('12:00', 21), 'expired', newYork('09:50', 19)],
    ['of before the opening', newYork('08:00'), newYork('09:31'), 'fresh', newYork('09:50')],
    ['of ten years ago', Date.UTC(2015, 4, 11, 20), newYork('11:00'), 'expired', Date.parse('2015-05-12T09:50-04:00')],
  ]
  test.each(CASES)('%s', (_what, eventAt, asOf, status, expectedBy) => {
    const judged = judgeFreshness({ eventAt, changedAt: eventAt }, { asOf, rule: EVERY_15 })
    expect(judged).toEqual({ status, expectedBy, ageMs: asOf - eventAt })
  })

  test('that never came is unknown, and so is one with a time in the future, instead of zero seconds old', () => {
    const asOf = newYork('11:00')
    const unknown = { status: 'unknown', expectedBy: null, ageMs: null }
    expect(judgeFreshness({ eventAt: null, changedAt: null }, { asOf, rule: EVERY_15 })).toEqual(unknown)
    expect(judgeFreshness({ eventAt: asOf + MINUTE + 1, changedAt: asOf }, { asOf, rule: EVERY_15 })).toEqual(unknown)
  })

  test('from a clock that is a little ahead of ours is fresh, with age 0', () => {
    const asOf = newYork('11:00')
    const judged = judgeFreshness({ eventAt: asOf + MINUTE, changedAt: asOf }, { asOf, rule: EVERY_15 })
    expect(judged).toEqual({ status: 'fresh', expectedBy: newYork('11:20'), ageMs: 0 })
  })
})

describe('a price that is expected once per trading day', () => {
  const CASES: [string, number, number, FeedFreshness['status'], number][] = [
    ['of yesterday, before the close', newYork('16:00', 15), newYork('15:00'), 'fresh', newYork('16:30')],
    [
      'of yesterday, half an hour after the close',
      newYork('16:00', 15),
      newYork('16:30'),
      'market_closed',
      newYork('16:30'),
    ],
    ['of yesterday, later', newYork('16:00', 15), newYork('16:31'), 'stale', newYork('16:30')],
    [
      'of today’s settlement before the close',
      newYork('14:30'),
      newYork('23:00'),
      'market_closed',
      newYork('16:30', 17),
    ],
    ['of today’s index, after the close', newYork('16:15'), newYork('23:00'), 'market_closed', newYork('16:30', 17)],
    ['of Friday, on Monday', newYork('16:00', 12), newYork('10:00', 15), 'fresh', newYork('16:30', 15)],
    ['of three trading days ago', newYork('16:00', 11), newYork('16:31'), 'expired', newYork('16:30', 12)],
  ]
  test.each(CASES)('%s', (_what, eventAt, asOf, status, expectedBy) => {
    expect(judgeFreshness({ eventAt, changedAt: eventAt }, { asOf, rule: DAILY })).toMatchObject({ status, expectedBy })
  })

  test('in a market that closes at noon is due by the end of the day', () => {
    const noon = { ...DAILY, calendar: withRest(XNYS) }
    expect(updateDueBy(newYork('12:15'), 1, noon)).toBe(newYork('16:30', 17))
    expect(updateDueBy(newYork('16:00', 15), 1, noon)).toBe(newYork('16:30'))
  })
})

test('a price with a new time and an unchanged value is stale when the rule sets frozenAfter', () => {
  const asOf = newYork('14:00')
  const times = { eventAt: asOf - MINUTE, changedAt: newYork('11:00') }
  const frozenAfter = (updates: number | null) =>
    judgeFreshness(times, { asOf, rule: { ...EVERY_15, frozenAfter: updates } }).status
  expect([null, 20, 4].map(frozenAfter)).toEqual(['fresh', 'fresh', 'stale'])
})

test('an overdue price of a market with unknown hours is unknown, since the market may be closed', () => {
  const rule = defineFreshness({ calendar: null, every: 15 * MINUTE })
  const status = (ageMs: number) =>
    judgeFreshness({ eventAt: 1e12, changedAt: 1e12 }, { asOf: 1e12 + ageMs, rule }).status
  expect([0, 20 * MINUTE, 30 * MINUTE, 30 * DAY].map(status)).toEqual(['fresh', 'fresh', 'unknown', 'unknown'])
})

describe('for any market, rule and moment', () => {
  const calendars = (['XNYS', 'CME-ENERGY', 'XETR', '24/5', '24/7'] as const).map((exchange) =>
    exchangeCalendar(exchange),
  )
  const rules = fc.record({
    calendar: fc.constantFrom(...calendars),
    every: fc.oneof(fc.integer({ min: 1_000, max: 2 * DAY }), fc.constant('trading-day' as const)),
    graceMs: fc.integer({ min: 0, max: DAY / 4 }),
    expiresAfter: fc.integer({ min: 1, max: 5 }),
  })
  const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2027, 0, 1) })
  const ORDER: readonly (string | undefined)[] = ['fresh', 'market_closed', 'stale', 'expired']

  test('waiting never makes a stale price fresh again', () => {
    fc.assert(
      fc.property(
        rules,
        instants,
        fc.integer({ min: 0, max: 20 * DAY }),
        fc.integer({ min: 0, max: 20 * DAY }),
        (options, eventAt, a, b) => {
          const rule = defineFreshness(options)
          const [sooner, later] = [Math.min(a, b), Math.max(a, b)].map((age) =>
            judgeFreshness({ eventAt, changedAt: eventAt }, { asOf: eventAt + age, rule }),
          )
          const rank = (judged: FeedFreshness | undefined) => Math.max(1, ORDER.indexOf(judged?.status))
          expect(rank(later)).toBeGreaterThanOrEqual(rank(sooner))
          expect(later?.expectedBy).toBe(sooner?.expectedBy)
          expect(later?.ageMs).toBe(Math.max(a, b))
        },
      ),
      { numRuns: 500 },
    )
  })

  test('a price becomes stale exactly after expectedBy, and is market_closed exactly when the calendar is closed', () => {
    fc.assert(
      fc.property(rules, instants, (options, eventAt) => {
        const rule = defineFreshness(options)
        const status = (asOf: number) => judgeFreshness({ eventAt, changedAt: eventAt }, { asOf, rule }).status
        const expectedBy = updateDueBy(eventAt, 1, rule) ?? Number.NaN
        expect(status(expectedBy)).toBe(rule.calendar.isOpen(expectedBy) ? 'fresh' : 'market_closed')
        expect(status(expectedBy + 1)).toBe(rule.expiresAfter === 1 ? 'expired' : 'stale')
      }),
      { numRuns: 500 },
    )
  })

  test('the grace counts open time: adding up open minutes gives the same instant', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 600 }), (instant, minutes) => {
        const from = Math.floor(instant / MINUTE) * MINUTE
        const until =
          updateDueBy(from, 1, defineFreshness({ calendar: XNYS, every: minutes * MINUTE, graceMs: 0 })) ?? 0
        let open = 0
        for (let at = from; at < until; at += MINUTE) if (XNYS.isOpen(at)) open++
        expect(open).toBe(minutes)
        // It is the last such instant: one minute later, more open time has passed.
        expect(XNYS.isOpen(until)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  const WRONG: [string, Partial<FreshnessOptions>][] = [
    ['every', { every: 0 }],
    ['every', { every: Number.NaN }],
    ['graceMs', { graceMs: -1 }],
    ['expiresAfter', { expiresAfter: 0 }],
    ['frozenAfter', { frozenAfter: 1.5 }],
    ['futureToleranceMs', { futureToleranceMs: Infinity }],
  ]
  test.each(WRONG)('%s is checked: %o', (path, change) => {
    expect(() => defineFreshness({ calendar: XNYS, every: MINUTE, ...change })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ path }) }),
    )
  })
})

/** The same market with a break from 12:00 to 12:30. */
function withRest(calendar: TradingCalendar): TradingCalendar {
  const halves = (sessions: ReturnType<TradingCalendar['sessionsBetween']>) =>
    sessions.flatMap((session) => {
      const noon = session.opensAt + 2.5 * 60 * MINUTE
      return [
        { ...session, closesAt: noon },
        { ...session, opensAt: noon + 30 * MINUTE },
      ]
    })
  return {
    ...calendar,
    sessionsBetween: (from, to) =>
      halves(calendar.sessionsBetween(Number(from) - DAY, Number(to) + DAY)).filter(
        (half) => half.closesAt > Number(from) && half.opensAt < Number(to),
      ),
    *sessionsFrom(at) {
      for (const session of calendar.sessionsFrom(at))
        yield* halves([session]).filter((half) => half.closesAt > Number(at))
    },
  }
}
