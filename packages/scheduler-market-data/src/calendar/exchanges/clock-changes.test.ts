import { describe, expect, test } from 'vitest'

import type { CalendarDay } from '../days.ts'
import { EXCHANGES, type Exchange, exchangeCalendar } from './exchange-calendar.ts'

/** The Fridays and Mondays around the Sundays on which clocks change, in both halves of the world. */
const WEEKS_2026: readonly (readonly [string, CalendarDay, CalendarDay])[] = [
  ['America to summer time', '2026-03-06', '2026-03-09'],
  ['Europe to summer time', '2026-03-27', '2026-03-30'],
  ['Australia to winter time', '2026-04-02', '2026-04-07'],
  ['Australia to summer time', '2026-10-02', '2026-10-05'],
  ['Europe to winter time', '2026-10-23', '2026-10-26'],
  ['America to winter time', '2026-10-30', '2026-11-02'],
]

describe('weeks in which clocks change', () => {
  const calendars = new Map(EXCHANGES.map((exchange) => [exchange, exchangeCalendar(exchange)]))

  test.each(WEEKS_2026)('%s: each market opens and closes at its own hours, on both sides', (_what, before, after) => {
    let compared = 0
    for (const [exchange, calendar] of calendars) {
      if (['24/7', 'XTAE', 'XSAU'].includes(exchange)) continue
      const local = new Intl.DateTimeFormat('sv-SE', { timeZone: calendar.timezone, timeStyle: 'short' })
      const hours = (day: CalendarDay) => {
        const found = calendar.tradingDay(day)
        return found === null ? null : [local.format(found.opensAt), local.format(found.closesAt)]
      }
      const [first, second] = [hours(before), hours(after)]
      if (first === null || second === null) continue
      expect([exchange, second]).toEqual([exchange, first])
      compared++
    }
    expect(compared).toBeGreaterThanOrEqual(14)
  })

  test('New York and London trade together for three hours, not two, while only one of them is on summer time', () => {
    // New York opens at 13:30 UTC from 9 March; London closes at 16:30 UTC until 27 March, and at 15:30 UTC since.
    const overlap = (day: CalendarDay) => {
      const opens = calendars.get('XNYS')?.tradingDay(day)?.opensAt ?? Number.NaN
      return ((calendars.get('XLON')?.tradingDay(day)?.closesAt ?? Number.NaN) - opens) / 3_600_000
    }
    const days = ['2026-03-06', '2026-03-09', '2026-03-27', '2026-03-30', '2026-10-23', '2026-10-26', '2026-11-02']
    expect(days.map(overlap)).toEqual([2, 3, 3, 2, 2, 3, 2])
  })

  test('a night of futures keeps its length, since the clock changes while it is closed', () => {
    const lengths = (exchange: Exchange, day: CalendarDay) =>
      calendars
        .get(exchange)
        ?.tradingDay(day)
        ?.sessions.map(({ opensAt, closesAt }) => (closesAt - opensAt) / 3_600_000)
    // The clock changes at 02:00 on Sunday, before the session of Monday opens.
    expect([lengths('CME-ENERGY', '2026-03-09'), lengths('CME-ENERGY', '2026-11-02')]).toEqual([[23], [23]])
    expect([lengths('24/5', '2026-03-09'), lengths('24/5', '2026-11-02')]).toEqual([[24], [24]])
    const nextOpen = calendars.get('24/5')?.nextOpen(Date.parse('2026-03-07T12:00Z')) ?? 0
    expect(new Date(nextOpen).toISOString()).toBe('2026-03-08T21:00:00.000Z')
  })
})
