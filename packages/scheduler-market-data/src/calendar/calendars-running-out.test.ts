import fc from 'fast-check'
import { expect, test } from 'vitest'

import { calendarsRunningOut } from './calendars-running-out.ts'
import { addDays } from './days.ts'
import { defineCalendar } from './define-calendar.ts'
import { EXCHANGES, exchangeCalendar } from './exchanges/exchange-calendar.ts'

const BERLIN = defineCalendar({
  name: 'XBER',
  timezone: 'Europe/Berlin',
  source: 'made up',
  knows: { from: '2026-01-01', to: '2026-12-31' },
  week: [{ days: ['mon'], opens: '09:00', closes: '17:30' }],
})

test('a calendar runs out 90 days before the end of the last day that it knows, by the clock at its place', () => {
  // The end is midnight in Berlin; 90 days before it, Berlin is still on summer time, but a day counts 24 hours.
  const end = Date.parse('2027-01-01T00:00+01:00')
  const daysLeft = (at: number) => calendarsRunningOut([BERLIN], at).map(({ daysLeft: left }) => left)
  expect(daysLeft(end - 90 * DAY)).toEqual([])
  expect(daysLeft(end - 90 * DAY + 1)).toEqual([89])
  expect([daysLeft(end - 1), daysLeft(end), daysLeft(end + 400 * DAY)]).toEqual([[0], [0], [0]])
  expect(calendarsRunningOut([BERLIN], end - 90 * DAY, { days: 91 })).toEqual([
    { calendar: 'XBER', knownTo: '2026-12-31', daysLeft: 90 },
  ])
})

test('each calendar is named once, the one that ends first in front', () => {
  const calendars = EXCHANGES.map((exchange) => exchangeCalendar(exchange))
  const named = calendarsRunningOut([...calendars, ...calendars], Date.parse('2026-11-30'))
  expect(named.map(({ calendar, knownTo }) => `${calendar} ${knownTo}`)).toEqual([
    'XNSE 2026-12-31',
    'XSES 2026-12-31',
    'XTAE 2026-12-31',
  ])
})

test('a calendar that never ends does not run out, and every other one does in time', () => {
  const calendars = EXCHANGES.map((exchange) => exchangeCalendar(exchange))
  fc.assert(
    fc.property(fc.constantFrom(...calendars), fc.integer({ min: 0, max: 400 }), (calendar, days) => {
      const at = Date.parse(`${addDays(calendar.knows.to, -days)}T12:00Z`)
      const [found] = calendarsRunningOut([calendar], at)
      if (days >= 91) expect(found).toBeUndefined()
      if (days <= 88) expect(Math.abs((found?.daysLeft ?? NaN) - days)).toBeLessThanOrEqual(1)
    }),
  )
})

test('an invalid number of days is refused', () => {
  expect(() => calendarsRunningOut([BERLIN], 0, { days: -1 })).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS' }),
  )
})

const DAY = 86_400_000
