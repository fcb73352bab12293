import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { exchangeCalendar } from '../calendar/exchanges/exchange-calendar.ts'
import { updateDueBy } from './due-by.ts'
import { defineFreshness, type FreshnessOptions } from './freshness-rule.ts'
import { type FeedFreshness, judgeFreshness } from './judge-freshness.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const XNYS = exchangeCalendar('XNYS')

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
  /** Of years of which every calendar knows each day, with the days around them: CME-ENERGY lacks one in 2024. */
  const instants = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) })
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

  test('a price becomes stale exactly after expectedBy, unless it is of an earlier session', () => {
    fc.assert(
      fc.property(rules, instants, (options, eventAt) => {
        const rule = defineFreshness(options)
        const status = (asOf: number) => judgeFreshness({ eventAt, changedAt: eventAt }, { asOf, rule }).status
        const expectedBy = updateDueBy(eventAt, 1, rule) ?? Number.NaN
        const isEarlier = eventAt < (rule.periods?.latest(expectedBy)?.opensAt ?? 0) && rule.every !== 'trading-day'
        expect(status(expectedBy)).toBe(
          isEarlier ? 'stale' : rule.calendar?.isOpen(expectedBy) ? 'fresh' : 'market_closed',
        )
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
          updateDueBy(from, 2, defineFreshness({ calendar: XNYS, every: minutes * 30_000, graceMs: 0 })) ?? 0
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
