import { describe, expect, test } from 'vitest'

import { exchangeCalendar } from '../calendar/exchanges/exchange-calendar.ts'
import type { EventTimePrecision } from '../quote/quote.ts'
import { localInstant } from '../time/local-instant.ts'
import { nextDueBy } from './due-by.ts'
import { defineFreshness } from './freshness-rule.ts'
import { judgeFreshness } from './judge-freshness.ts'
import { tradedAt } from './traded-at.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const XNYS = exchangeCalendar('XNYS')
/** As that of a fund: it is published until the next morning or later. */
const FUND = defineFreshness({ calendar: XNYS, every: 'trading-day', graceMs: DAY })

/** Friday, 19 September 2025, and the days around it, by the clocks of New York. */
function newYork(time: string, date = 19): number {
  return Date.parse(`2025-09-${date}T${time}-04:00`)
}

describe('a price of Friday that is stamped at its midnight', () => {
  const eventAt = newYork('00:00')
  const outcome = (asOf: number, eventTimePrecision: EventTimePrecision, rule = FUND) => {
    const times = { eventAt, eventTimePrecision, changedAt: null, fetchedAt: asOf - MINUTE }
    const { status, reason, ageMs } = judgeFreshness(times, { asOf, rule })
    expect(ageMs).toBe(asOf - eventAt)
    return `${status}: ${reason}`
  }
  const LOOKS: [string, number, string][] = [
    ['on Friday night', newYork('20:00'), 'market_closed: last_close'],
    ['on Saturday', newYork('12:00', 20), 'market_closed: last_close'],
    ['on Sunday', newYork('18:00', 21), 'market_closed: last_close'],
    ['on Monday', newYork('15:00', 22), 'fresh: on_time'],
    ['on Monday night', newYork('23:00', 22), 'market_closed: close_pending'],
    ['on Tuesday night', newYork('17:00', 23), 'stale: no_price_today'],
  ]
  test.each(LOOKS)(
    'by convention is the price of Friday %s, and so is one that has the day alone',
    (_when, at, said) => {
      expect([outcome(at, 'conventional'), outcome(at, 'day')]).toEqual([said, said])
    },
  )

  test('exactly is that of the session before', () => {
    expect([outcome(newYork('12:00', 20), 'exact'), outcome(newYork('18:00', 20), 'exact')]).toEqual([
      'market_closed: close_pending',
      'stale: no_price_today',
    ])
  })

  test('is the close of Friday where prices are due at an interval', () => {
    const rule = defineFreshness({ calendar: XNYS, every: 15 * MINUTE })
    expect([outcome(newYork('18:00'), 'day', rule), outcome(newYork('18:00'), 'exact', rule)]).toEqual([
      'market_closed: last_close',
      'stale: no_price_today',
    ])
  })

  test('has its next one due with the session of Monday', () => {
    const dueBy = (eventTimePrecision?: EventTimePrecision | null) =>
      nextDueBy({ eventAt, fetchedAt: newYork('18:00'), ...(eventTimePrecision && { eventTimePrecision }) }, FUND)
    expect([dueBy('conventional'), dueBy('day')]).toEqual([newYork('16:00', 23), newYork('16:00', 23)])
    expect([dueBy('exact'), dueBy(null)]).toEqual([newYork('16:00', 20), newYork('16:00', 20)])
  })
})

test('a date without a session has the price of the session before', () => {
  const saturday = { eventAt: newYork('00:00', 20), eventTimePrecision: 'conventional' } as const
  expect(tradedAt(saturday, FUND.periods)).toBe(saturday.eventAt)
})

test.each(['XNYS', 'XLON', 'XTKS', 'XTAE', 'XASX', 'XSAU', 'CME-ENERGY'] as const)(
  'every trading day of 2026 at %s has its price, at whatever time of its date it is stamped',
  (exchange) => {
    const calendar = exchangeCalendar(exchange)
    const rule = defineFreshness({ calendar, every: 'trading-day', graceMs: 30 * MINUTE })
    const wrong: string[] = []
    for (const { day, closesAt } of calendar.sessionsBetween(Date.UTC(2026, 0, 2), Date.UTC(2026, 11, 30))) {
      const asOf = closesAt + MINUTE
      if (!calendar.knowsAt(asOf) || calendar.phaseAt(asOf) !== 'closed') continue
      for (const time of ['00:00', '08:59', '12:00']) {
        const eventAt = Math.min(localInstant({ day, time, timeZone: calendar.timezone }) ?? 0, closesAt)
        const times = { eventAt, eventTimePrecision: 'conventional', changedAt: null, fetchedAt: asOf } as const
        const { reason } = judgeFreshness(times, { asOf, rule })
        if (reason !== 'last_close') wrong.push(`${day} ${time}: ${reason}`)
      }
    }
    expect(wrong).toEqual([])
  },
)
