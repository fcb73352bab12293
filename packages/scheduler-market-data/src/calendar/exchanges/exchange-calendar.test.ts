import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { addDays, type CalendarDay, dayOf, weekdayOf } from '../days.ts'
import { LONGEST_CLOSURE_MS } from '../longest-closure.ts'
import type { TradingCalendar } from '../trading-calendar.ts'
import { EXCHANGES, type Exchange, exchangeCalendar, exchangeOf } from './exchange-calendar.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const XNYS = exchangeCalendar('XNYS')

describe('New York', () => {
  // As published by the exchange.
  const CLOSED: [number, string][] = [
    [2012, '01-02 01-16 02-20 04-06 05-28 07-04 09-03 10-29 10-30 11-22 12-25'],
    [2018, '01-01 01-15 02-19 03-30 05-28 07-04 09-03 11-22 12-05 12-25'],
    [2020, '01-01 01-20 02-17 04-10 05-25 07-03 09-07 11-26 12-25'],
    [2021, '01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24'],
    [2022, '01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26'],
    [2023, '01-02 01-16 02-20 04-07 05-29 06-19 07-04 09-04 11-23 12-25'],
    [2024, '01-01 01-15 02-19 03-29 05-27 06-19 07-04 09-02 11-28 12-25'],
    [2025, '01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25'],
    [2026, '01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25'],
    [2027, '01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24'],
  ]
  test.each(CLOSED)('%i: closed on %s', (year, days) => {
    expect(workdaysWithoutSession(XNYS, year)).toEqual(days.split(' '))
  })

  const EARLY: [number, string][] = [
    [2018, '07-03 11-23 12-24'],
    [2020, '11-27 12-24'],
    [2021, '11-26'],
    [2022, '11-25'],
    [2023, '07-03 11-24'],
    [2024, '07-03 11-29 12-24'],
    [2025, '07-03 11-28 12-24'],
    [2026, '11-27 12-24'],
    [2027, '11-26'],
  ]
  test.each(EARLY)('%i: until 13:00 on %s', (year, days) => {
    const early = sessionsIn(XNYS, year).filter(({ opensAt, closesAt }) => closesAt - opensAt < 6.5 * 60 * MINUTE)
    expect(early.map(({ day }) => day.slice(5))).toEqual(days.split(' '))
    for (const { opensAt, closesAt } of early) expect(closesAt - opensAt).toBe(3.5 * 60 * MINUTE)
  })

  test('opens at 09:30 local time on every side of a clock change', () => {
    const opening = (day: string) => iso(XNYS.nextOpen(Date.parse(`${day}T00:00Z`)))
    expect(opening('2025-03-07')).toBe('2025-03-07T14:30:00.000Z')
    expect(opening('2025-03-10')).toBe('2025-03-10T13:30:00.000Z')
    expect(opening('2025-10-31')).toBe('2025-10-31T13:30:00.000Z')
    expect(opening('2025-11-03')).toBe('2025-11-03T14:30:00.000Z')
  })

  test('is open at the opening and closed at the close', () => {
    const [opensAt, closesAt] = [Date.parse('2025-09-16T13:30Z'), Date.parse('2025-09-16T20:00Z')]
    expect([opensAt - 1, opensAt, closesAt - 1, closesAt].map(XNYS.isOpen)).toEqual([false, true, true, false])
    expect([XNYS.previousClose(closesAt), XNYS.previousClose(closesAt - 1)].map(iso)).toEqual([
      '2025-09-16T20:00:00.000Z',
      '2025-09-15T20:00:00.000Z',
    ])
  })

  test('excludes a weekend before a holiday in one step of excludedUntil', () => {
    const friday = Date.parse('2025-08-29T20:00Z')
    expect(XNYS.excludes(friday)).toBe(true)
    expect(iso(XNYS.excludedUntil?.(friday) ?? null)).toBe('2025-09-02T13:30:00.000Z')
  })

  test('is open exactly when the local clock and the published days say so, minute by minute over four years', () => {
    const clock = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'America/New_York',
      hourCycle: 'h23',
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', weekday: 'short', hour: '2-digit', minute: '2-digit' },
    })
    const closed = new Set(CLOSED.flatMap(([year, days]) => days.split(' ').map((day) => `${year}-${day}`)))
    const early = new Set(EARLY.flatMap(([year, days]) => days.split(' ').map((day) => `${year}-${day}`)))
    const to = Date.UTC(2026, 0, 1)
    let differences = 0
    let hour = { startAt: Number.NaN, day: '', weekday: '', hours: 0, minutes: 0 }
    for (let at = Date.UTC(2022, 0, 1); at < to; at += MINUTE) {
      // New York's offsets from UTC are whole hours, so the local time is computed only once an hour.
      if (at % (60 * MINUTE) === 0) {
        const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]))
        const day = `${parts['year']}-${parts['month']}-${parts['day']}`
        hour = { startAt: at, day, weekday: parts['weekday'] ?? '', hours: Number(parts['hour']), minutes: 0 }
      }
      const minutes = hour.hours * 60 + (at - hour.startAt) / MINUTE
      const workday = !hour.weekday.startsWith('S') && !closed.has(hour.day)
      const open = workday && minutes >= 570 && minutes < (early.has(hour.day) ? 780 : 960)
      if (open !== XNYS.isOpen(at)) differences++
    }
    expect(differences).toBe(0)
  })
})

test('Good Friday follows Easter for centuries', () => {
  const easters = [
    '1818-03-22',
    '1943-04-25',
    '2000-04-23',
    '2008-03-23',
    '2011-04-24',
    '2024-03-31',
    '2038-04-25',
    '2285-03-22',
  ]
  for (const easter of easters) {
    expect(XNYS.sessionsBetween(at(addDays(easter, -2)), at(addDays(easter, -1)))).toEqual([])
    expect(XNYS.sessionsBetween(at(addDays(easter, -3)), at(addDays(easter, -2)))).toHaveLength(1)
  }
})

test('London and Frankfurt, as they published it', () => {
  const closed = (exchange: Exchange, year: number) =>
    workdaysWithoutSession(exchangeCalendar(exchange), year).join(' ')
  expect(closed('XLON', 2020)).toBe('01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28')
  expect(closed('XLON', 2021)).toBe('01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28')
  expect(closed('XLON', 2022)).toBe('01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27')
  expect(closed('XLON', 2023)).toBe('01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26')
  expect(closed('XLON', 2025)).toBe('01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26')
  expect(closed('XETR', 2024)).toBe('01-01 03-29 04-01 05-01 12-24 12-25 12-26 12-31')
  expect(closed('XETR', 2025)).toBe('01-01 04-18 04-21 05-01 12-24 12-25 12-26 12-31')
})

test('futures trade from Sunday evening to Friday afternoon with an hour’s break a day, and currencies without a break', () => {
  const [sunday, monday, friday] = ['2025-09-14', '2025-09-15', '2025-09-19']
  const hours = (exchange: Exchange, day: string) =>
    exchangeCalendar(exchange)
      .sessionsBetween(at(sunday), at(addDays(sunday, 7)))
      .filter((session) => session.day === day)
      .map(({ opensAt, closesAt }) => [iso(opensAt), iso(closesAt)])
  expect(hours('CME-ENERGY', monday)).toEqual([['2025-09-14T22:00:00.000Z', '2025-09-15T21:00:00.000Z']])
  expect(hours('24/5', friday)).toEqual([['2025-09-18T21:00:00.000Z', '2025-09-19T21:00:00.000Z']])

  const forex = exchangeCalendar('24/5')
  const wednesday = Date.parse('2025-09-17T12:00Z')
  expect(iso(forex.nextOpen(wednesday))).toBe('2025-09-21T21:00:00.000Z')
  expect(iso(forex.previousClose(wednesday))).toBe('2025-09-12T21:00:00.000Z')
})

test('a market that never closes has no next opening and no previous close', () => {
  const always = exchangeCalendar('24/7')
  const now = Date.parse('2025-12-25T12:00Z')
  expect([always.isOpen(now), always.nextOpen(now), always.previousClose(now)]).toEqual([true, null, null])
  expect(always.sessionsBetween(now, now + DAY).map(({ day }) => day)).toEqual(['2025-12-25', '2025-12-26'])
})

describe('every calendar, at any instant', () => {
  const calendars = new Map(EXCHANGES.map((exchange) => [exchange, exchangeCalendar(exchange)]))
  const moment = fc.integer({ min: Date.UTC(1999, 0, 1), max: Date.UTC(2045, 0, 1) })

  test.each(EXCHANGES)('%s: openings and closes are where it changes, and nowhere in between', (exchange) => {
    const calendar = calendars.get(exchange) ?? XNYS
    fc.assert(
      fc.property(moment, fc.double({ min: 0, max: 1, noNaN: true }), (now, share) => {
        const open = calendar.isOpen(now)
        expect(calendar.excludes(now)).toBe(!open)
        const opensAt = calendar.nextOpen(now)
        const closedAt = calendar.previousClose(now)
        if (opensAt === null || closedAt === null) {
          expect(open).toBe(true)
          return
        }
        expect(opensAt).toBeGreaterThan(now)
        expect(closedAt).toBeLessThanOrEqual(now)
        expect([calendar.isOpen(opensAt - 1), calendar.isOpen(opensAt)]).toEqual([false, true])
        expect([calendar.isOpen(closedAt - 1), calendar.isOpen(closedAt)]).toEqual([true, false])
        expect(calendar.phaseAt(now) === 'open').toBe(open)
        if (calendar.phaseAt(now) !== 'closed') return
        // The market is closed from the previous close to the next opening, and each of the two leads to the other.
        const between = Math.floor(closedAt + share * (opensAt - 1 - closedAt))
        expect(calendar.isOpen(between)).toBe(false)
        expect(calendar.nextOpen(closedAt)).toBe(opensAt)
        expect(calendar.previousClose(opensAt - 1)).toBe(closedAt)
        expect(calendar.excludedUntil?.(now)).toBe(opensAt)
      }),
      { numRuns: 300 },
    )
  })

  test.each(EXCHANGES)('%s: sessions and days, asked one by one, are those of the list', (exchange) => {
    const calendar = calendars.get(exchange) ?? XNYS
    const sessions = calendar.sessionsBetween(Date.UTC(2023, 11, 1), Date.UTC(2025, 1, 1))
    expect(sessions.length).toBeGreaterThan(250)
    for (const [index, session] of sessions.entries()) {
      const { day, opensAt, closesAt } = session
      expect(closesAt).toBeGreaterThan(opensAt)
      expect(calendar.sessionAt(opensAt)).toBe(session)
      expect(calendar.sessionAt(closesAt - 1)).toBe(session)
      expect(calendar.lastSession(closesAt)).toBe(session)
      const tradingDay = calendar.tradingDay(day)
      expect(tradingDay?.sessions).toContain(session)
      expect(calendar.tradingDayAt(opensAt)).toEqual(tradingDay)
      expect(calendar.isTradingDay(day)).toBe(true)
      const next = sessions[index + 1]
      if (next === undefined) continue
      expect(next.opensAt).toBeGreaterThanOrEqual(closesAt)
      expect(next.day >= day).toBe(true)
      if (next.opensAt === closesAt) continue
      // What lies between is a break within a day, and no market between two days.
      const isBreak = next.day === day
      expect(calendar.phaseAt(closesAt)).toBe(isBreak ? 'break' : 'closed')
      expect(calendar.tradingDayAt(closesAt)).toEqual(isBreak ? tradingDay : null)
      expect(calendar.nextOpen(closesAt)).toBe(next.opensAt)
      expect(calendar.previousClose(closesAt) === closesAt).toBe(!isBreak)
      expect(calendar.lastTradingDay(closesAt)?.day === day).toBe(!isBreak)
    }
  })

  test.each(EXCHANGES)('%s: what it answers agrees with the sessions between two instants', (exchange) => {
    const calendar = calendars.get(exchange) ?? XNYS
    fc.assert(
      fc.property(moment, (now) => {
        const around = calendar.sessionsBetween(now - 30 * DAY, now + 30 * DAY)
        const ended = around.filter(({ closesAt }) => closesAt <= now)
        const coming = around.filter(({ opensAt }) => opensAt > now)
        expect(calendar.lastSession(now)).toEqual(ended.at(-1))
        expect(calendar.sessionAt(now)).toEqual(around.find((one) => one.opensAt <= now && now < one.closesAt) ?? null)
        const opens = coming.find(({ opensAt }) => !around.some(({ closesAt }) => closesAt === opensAt))
        if (opens !== undefined) expect(calendar.nextOpen(now)).toBe(opens.opensAt)
        const closed = ended.findLast(
          ({ day, closesAt }) =>
            !around.some((one) => one.opensAt === closesAt || (one.opensAt > closesAt && one.day === day)),
        )
        if (closed !== undefined) expect(calendar.previousClose(now)).toBe(closed.closesAt)
      }),
      { numRuns: 100 },
    )
  })
})

test.each(EXCHANGES)('%s is never closed for longer than any search for its last session looks back', (exchange) => {
  const calendar = exchangeCalendar(exchange)
  const from = Math.max(Date.parse(calendar.knows.from), Date.UTC(2005, 0, 1))
  const sessions = calendar.sessionsBetween(from, Math.min(calendar.knownUntil, Date.UTC(2029, 0, 1)))
  const pauses = sessions.map(({ opensAt }, index) => opensAt - (sessions[index - 1]?.closesAt ?? opensAt))
  expect(Math.max(...pauses)).toBeLessThan(LONGEST_CLOSURE_MS)
})

test('a symbol in Yahoo’s spelling maps to its exchange, or to null', () => {
  const exchanges = ['AAPL', 'BRK-B', '^VIX', 'CL=F', 'ES=F', 'EURUSD=X', 'BTC-USD', 'TSCO.L', 'MBG.DE', '7203.T'].map(
    exchangeOf,
  )
  expect(exchanges).toEqual(['XNYS', 'XNYS', 'XNYS', 'CME-ENERGY', 'CME-EQUITY', '24/5', '24/7', 'XLON', 'XETR', null])
})

test('an exchange that is not built in is refused', () => {
  const unknown: string = 'constructor'
  expect(() => Reflect.apply(exchangeCalendar, null, [unknown])).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ path: 'exchange' }) }),
  )
})

function sessionsIn(calendar: TradingCalendar, year: number) {
  const sessions = calendar.sessionsBetween(Date.UTC(year, 0, 1) - 2 * DAY, Date.UTC(year + 1, 0, 1) + 2 * DAY)
  return sessions.filter(({ day }) => day.startsWith(String(year)))
}

/** As `MM-DD`. */
function workdaysWithoutSession(calendar: TradingCalendar, year: number): string[] {
  const trading = new Set<CalendarDay>(sessionsIn(calendar, year).map(({ day }) => day))
  const closed: string[] = []
  for (let day = dayOf(year, 1, 1); day.startsWith(String(year)); day = addDays(day, 1)) {
    if (!trading.has(day) && !weekdayOf(day).startsWith('s')) closed.push(day.slice(5))
  }
  return closed
}

function at(day: CalendarDay): number {
  return Date.parse(`${day}T00:00:00Z`)
}

function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString()
}
