import fc from 'fast-check'
import { expect, test } from 'vitest'

import { defineCalendar } from '../calendar/define-calendar.ts'
import { exchangeCalendar } from '../calendar/exchanges/exchange-calendar.ts'
import { closingTimeOf, type StampHours } from './closing-time.ts'

const NEW_YORK: StampHours = { calendar: exchangeCalendar('XNYS'), timeZone: 'America/New_York' }
const XETRA: StampHours = { calendar: exchangeCalendar('XETR'), timeZone: 'Europe/Berlin' }
const SHANGHAI: StampHours = {
  ...{ calendar: null, timeZone: 'Asia/Shanghai' },
  hours: { opens: '09:30', closes: '15:00' },
}
const LATER = Date.UTC(2026, 11, 31)

test('a price of a past day has the time of its exchange’s close, in winter and in summer', () => {
  expect(iso('2025-09-15', NEW_YORK)).toBe('2025-09-15T20:00:00.000Z')
  expect(iso('2025-12-15', NEW_YORK)).toBe('2025-12-15T21:00:00.000Z')
  expect(iso('2025-09-15', XETRA)).toBe('2025-09-15T15:30:00.000Z')
})

test('a price of a half day has the early close: it must not beat the true one for the whole weekend', () => {
  expect(iso('2025-11-28', NEW_YORK)).toBe('2025-11-28T18:00:00.000Z')
  expect(iso('2025-12-24', NEW_YORK)).toBe('2025-12-24T18:00:00.000Z')
  expect(iso('2025-12-30', XETRA)).toBe('2025-12-30T13:00:00.000Z')
})

test('a price of a day without a session has the close before', () => {
  expect(iso('2025-11-27', NEW_YORK)).toBe('2025-11-26T21:00:00.000Z')
  expect(iso('2025-11-30', NEW_YORK)).toBe('2025-11-28T18:00:00.000Z')
})

test('a price of a running session has the time of its opening, also shortly after the close', () => {
  for (const now of [Date.UTC(2025, 8, 15, 16), Date.UTC(2025, 8, 15, 20, 19)]) {
    expect(iso('2025-09-15', NEW_YORK, now)).toBe('2025-09-15T13:30:00.000Z')
  }
  expect(iso('2025-09-15', NEW_YORK, Date.UTC(2025, 8, 15, 20, 20))).toBe('2025-09-15T20:00:00.000Z')
})

test('a break for lunch is no close', () => {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
  const calendar = defineCalendar({
    ...{ name: 'LUNCH', timezone: 'Asia/Tokyo', source: 'made up', knows: { from: '2024-01-01', to: '2026-12-31' } },
    week: [
      { days, opens: '09:00', closes: '11:30' },
      { days, opens: '12:30', closes: '15:00' },
    ],
  })
  const tokyo = { calendar, timeZone: 'Asia/Tokyo' }
  expect(iso('2025-09-16', tokyo, Date.UTC(2025, 8, 16, 3))).toBe('2025-09-16T00:00:00.000Z')
  expect(iso('2025-09-16', tokyo, Date.UTC(2025, 8, 16, 7))).toBe('2025-09-16T06:00:00.000Z')
})

test('without a calendar the known hours decide, and without hours the beginning of the day', () => {
  expect(iso('2025-09-15', SHANGHAI)).toBe('2025-09-15T07:00:00.000Z')
  expect(iso('2025-09-15', SHANGHAI, Date.UTC(2025, 8, 15, 6))).toBe('2025-09-15T01:30:00.000Z')
  expect(iso('2025-09-15', { calendar: null, timeZone: 'America/Toronto' })).toBe('2025-09-15T04:00:00.000Z')
})

test('outside the days that a calendar knows it is the beginning of the day', () => {
  expect(iso('1971-01-04', NEW_YORK)).toBe('1971-01-04T05:00:00.000Z')
})

test('a day to come stays to come, also without a session', () => {
  for (const day of ['2025-09-17', '2025-09-20', '2030-01-05']) {
    expect(closingTimeOf(day, NEW_YORK, Date.UTC(2025, 8, 16, 2))).toBeGreaterThan(Date.UTC(2025, 8, 16, 3))
  }
})

test('a text that is no date gives null', () => {
  for (const day of ['2025-02-31', '15.9.2025', '', '2025-9-15', 'yesterday', '2025-09-15T20:00']) {
    expect(closingTimeOf(day, NEW_YORK, LATER)).toBeNull()
  }
})

test('no price of any day and any moment looks younger than its session, or than now', () => {
  const days = fc.integer({ min: Date.UTC(2024, 0, 1) / DAY, max: Date.UTC(2026, 5, 1) / DAY })
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 3 * DAY }), (number, later) => {
      const day = new Date(number * DAY).toISOString().slice(0, 10)
      const now = number * DAY + later
      const at = closingTimeOf(day, NEW_YORK, now) ?? Number.NaN
      const sessions = NEW_YORK.calendar?.sessionsBetween(at - 10 * DAY, at + DAY) ?? []
      const latest = sessions.findLast((session) => session.day <= day)
      expect(at).toBeLessThanOrEqual(Math.max(latest?.closesAt ?? 0, number * DAY + DAY))
      if (at > now) expect(day >= new Date(now - DAY).toISOString().slice(0, 10)).toBe(true)
      else if (at === latest?.closesAt) expect(now).toBeGreaterThanOrEqual(at)
    }),
  )
})

const DAY = 86_400_000

function iso(day: string, hours: StampHours, now = LATER): string | null {
  const at = closingTimeOf(day, hours, now)
  return at === null ? null : new Date(at).toISOString()
}
