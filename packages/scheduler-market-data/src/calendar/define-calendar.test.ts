import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { CalendarDefinition } from './calendar-definition.ts'
import { defineCalendar } from './define-calendar.ts'
import { exchangeCalendar } from './exchanges/exchange-calendar.ts'
import { holidayOnDate } from './holiday-rules.ts'
import { outsideSessions } from './outside-sessions.ts'

const KNOWS = { from: '2026-01-01', to: '2026-12-31' }

const TOKYO: CalendarDefinition = {
  name: 'XTKS',
  timezone: 'Asia/Tokyo',
  source: 'the exchange, from November 2024',
  knows: { from: '2025-01-01', to: '2026-12-31' },
  week: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], opens: '09:00', closes: '11:30' },
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], opens: '12:30', closes: '15:30' },
  ],
  holidays: [holidayOnDate(12, 31), '2026-01-02'],
  earlyCloses: [{ closes: '12:00', days: ['2026-01-05'] }],
}

describe('a calendar that a host defines', () => {
  const calendar = defineCalendar(TOKYO)
  const hours = (from: string, to: string) =>
    calendar
      .sessionsBetween(Date.parse(from), Date.parse(to))
      .map(({ day, opensAt, closesAt }) => `${day} ${new Date(opensAt).toISOString()} ${(closesAt - opensAt) / 60_000}`)

  test('may close at noon', () => {
    expect(hours('2026-01-06', '2026-01-07')).toEqual([
      '2026-01-06 2026-01-06T00:00:00.000Z 150',
      '2026-01-06 2026-01-06T03:30:00.000Z 180',
    ])
  })

  test('has no afternoon session on a day that closes before it, and no session on a holiday', () => {
    expect(hours('2025-12-30T12:00Z', '2026-01-05T12:00Z')).toEqual([
      '2026-01-01 2026-01-01T00:00:00.000Z 150',
      '2026-01-01 2026-01-01T03:30:00.000Z 180',
      '2026-01-05 2026-01-05T00:00:00.000Z 150',
    ])
  })

  test('ends its list of sessions when the market never opens again', () => {
    const closed = defineCalendar({ ...TOKYO, holidays: [() => null], week: [{ ...week(), days: [] }] })
    const now = Date.parse('2026-01-06')
    expect([closed.isOpen(now), closed.nextOpen(now), closed.previousClose(now)]).toEqual([false, null, null])
    expect(closed.excludedUntil?.(now)).toBe(now)
  })

  test('opens at the end of the gap when clocks skip its opening time, and at the first of two equal times', () => {
    const nightly = defineCalendar({
      name: 'night',
      timezone: 'Europe/Berlin',
      source: 'made up',
      knows: KNOWS,
      week: [{ days: ['sun'], opens: '02:30', closes: '04:00' }],
    })
    const opening = (day: string) => new Date(nightly.nextOpen(Date.parse(day)) ?? 0).toISOString()
    expect(opening('2026-03-29')).toBe('2026-03-29T01:00:00.000Z')
    expect(opening('2026-10-25')).toBe('2026-10-25T00:30:00.000Z')
  })

  test('suggests the name that was meant', () => {
    const definition = { ...TOKYO, earlyClose: [] }
    expect(() => defineCalendar(definition)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ suggestion: 'earlyCloses' }) }),
    )
  })

  test('knows its days but those that nobody knows, by the date at its place', () => {
    const known = defineCalendar({ ...TOKYO, unknownDays: ['2026-05-04'] })
    const at = (time: string) => known.knowsAt(Date.parse(time))
    // 15:00 UTC is midnight in Tokyo.
    expect([at('2024-12-31T14:59Z'), at('2024-12-31T15:00Z')]).toEqual([false, true])
    expect([at('2026-12-31T14:59Z'), at('2026-12-31T15:00Z')]).toEqual([true, false])
    expect([at('2026-05-03T14:59Z'), at('2026-05-03T15:00Z'), at('2026-05-04T15:00Z')]).toEqual([true, false, true])
  })

  test('tells a break from a close', () => {
    const [lunch, evening] = [Date.parse('2026-01-06T12:00+09:00'), Date.parse('2026-01-06T16:00+09:00')]
    expect([calendar.phaseAt(lunch), calendar.phaseAt(evening)]).toEqual(['break', 'closed'])
    expect([calendar.isOpen(lunch), calendar.tradingDayAt(lunch)?.day]).toEqual([false, '2026-01-06'])
    // Yesterday closed at noon, today at 15:30.
    expect([calendar.previousClose(lunch), calendar.previousClose(evening)].map(iso)).toEqual([
      '2026-01-05T02:30:00.000Z',
      '2026-01-06T06:30:00.000Z',
    ])
    expect(iso(calendar.lastSession(lunch)?.closesAt ?? null)).toBe('2026-01-06T02:30:00.000Z')
    expect([calendar.lastTradingDay(lunch)?.day, calendar.lastTradingDay(evening)?.day]).toEqual([
      '2026-01-05',
      '2026-01-06',
    ])
    expect(iso(calendar.nextOpen(lunch))).toBe('2026-01-06T03:30:00.000Z')
  })

  test('has other hours from a date on', () => {
    const tokyo = exchangeCalendar('XTKS')
    const closes = (day: string) => iso(tokyo.tradingDay(day)?.closesAt ?? null)
    expect([closes('2024-11-01'), closes('2024-11-05')]).toEqual([
      '2024-11-01T06:00:00.000Z',
      '2024-11-05T06:30:00.000Z',
    ])
    const telAviv = exchangeCalendar('XTAE')
    const trades = (days: readonly string[]) => days.filter((day) => telAviv.isTradingDay(day))
    // A Thursday to a Monday before and after the change.
    expect(trades(['2025-12-25', '2025-12-26', '2025-12-28', '2025-12-29'])).toEqual([
      '2025-12-25',
      '2025-12-28',
      '2025-12-29',
    ])
    expect(trades(['2026-01-08', '2026-01-09', '2026-01-11', '2026-01-12'])).toEqual([
      '2026-01-08',
      '2026-01-09',
      '2026-01-12',
    ])
  })

  test('opens late', () => {
    const late = defineCalendar({
      ...TOKYO,
      lateOpens: [
        { opens: '10:30', days: ['2026-01-06'] },
        { opens: '12:00', days: ['2026-01-07'] },
      ],
    })
    const sessions = (day: string) =>
      late
        .tradingDay(day)
        ?.sessions.map(({ opensAt, closesAt }) => `${iso(opensAt)?.slice(11, 16)} ${iso(closesAt)?.slice(11, 16)}`)
    expect(sessions('2026-01-06')).toEqual(['01:30 02:30', '03:30 06:30'])
    expect(sessions('2026-01-07')).toEqual(['03:30 06:30'])
  })

  test('has the shorter day where two rules meet on it', () => {
    const both = defineCalendar({
      ...TOKYO,
      earlyCloses: [
        { closes: '10:00', days: [holidayOnDate(1, 6)] },
        { closes: '14:00', days: [holidayOnDate(1, 6)] },
      ],
    })
    expect(iso(both.tradingDay('2026-01-06')?.closesAt ?? null)).toBe('2026-01-06T01:00:00.000Z')
  })

  test('trades on a Sunday and on a holiday where it says so', () => {
    const india = exchangeCalendar('XNSE')
    const muhurat = (day: string) =>
      india.tradingDay(day)?.sessions.map(({ opensAt, closesAt }) => [iso(opensAt), iso(closesAt)])
    expect(muhurat('2023-11-12')).toEqual([['2023-11-12T12:45:00.000Z', '2023-11-12T13:45:00.000Z']])
    expect(muhurat('2025-10-21')).toEqual([['2025-10-21T08:15:00.000Z', '2025-10-21T09:15:00.000Z']])
    expect(muhurat('2024-03-02')).toHaveLength(2)
    expect([india.knowsAt(Date.parse('2026-11-07T06:00Z')), india.knowsAt(Date.parse('2026-11-08T06:00Z'))]).toEqual([
      true,
      false,
    ])
  })

  test('counts a night to the trading day on which it ends', () => {
    const nights = defineCalendar({
      name: 'night',
      timezone: 'America/Chicago',
      source: 'made up',
      knows: KNOWS,
      week: [
        { days: ['mon', 'tue', 'wed', 'thu', 'fri'], opens: '19:00', closes: '07:45', opensTheDayBefore: true },
        { days: ['mon', 'tue', 'wed', 'thu', 'fri'], opens: '08:30', closes: '13:20' },
      ],
    })
    const sunday = Date.parse('2026-03-08T20:00-05:00')
    expect([nights.sessionAt(sunday)?.day, nights.tradingDayAt(sunday)?.day]).toEqual(['2026-03-09', '2026-03-09'])
    expect(nights.phaseAt(Date.parse('2026-03-09T08:00-05:00'))).toBe('break')
    // The day ends at 13:20; the evening belongs to the next one.
    expect(iso(nights.previousClose(Date.parse('2026-03-09T20:00-05:00')))).toBe('2026-03-09T18:20:00.000Z')
    expect([nights.isTradingDay('2026-03-08'), nights.isTradingDay('2026-03-09')]).toEqual([false, true])
  })

  const WRONG: [string, Partial<CalendarDefinition>, string][] = [
    ['no name', { name: '' }, 'calendar.name'],
    ['an unknown time zone', { timezone: 'Mars/Olympus' }, 'calendar.timezone'],
    ['a time zone of ICU alone', { timezone: 'BST' }, 'calendar.timezone'],
    ['no source', { source: '' }, 'calendar.source'],
    ['no week', { week: [] }, 'calendar.week'],
    ['an invalid time', { week: [{ ...week(), opens: '9:00' }] }, 'calendar.week[0].opens'],
    ['a close before the opening', { week: [{ ...week(), closes: '08:00' }] }, 'calendar.week[0].closes'],
    ['more than a day', { week: [{ ...week(), opensTheDayBefore: true }] }, 'calendar.week[0].closes'],
    ['a day that does not exist', { holidays: ['2026-02-30'] }, 'calendar.holidays[0]'],
    [
      'an early close on an invalid date',
      { earlyCloses: [{ closes: '12:00', days: ['1.1.26'] }] },
      'calendar.earlyCloses[0].days[0]',
    ],
    ['no days that it knows', { knows: undefined as never }, 'calendar.knows'],
    ['days that end before they begin', { knows: { from: '2026-01-01', to: '2025-12-31' } }, 'calendar.knows.to'],
    ['a misspelt option', { holydays: [] } as never, 'calendar.holydays'],
    ['a misspelt option of a session', { week: [{ ...week(), close: '15:30' }] as never }, 'calendar.week[0].close'],
    ['a week that is no list', { week: {} as never }, 'calendar.week'],
    ['an unknown weekday', { week: [{ ...week(), days: ['monday' as 'mon'] }] }, 'calendar.week[0].days'],
    ['sessions that overlap', { week: [week(), { ...week(), opens: '15:00', closes: '16:00' }] }, 'calendar.week[1]'],
    ['a night that begins before the day has ended', { week: [week(), night()] }, 'calendar.week[1]'],
    [
      'a night of Sunday that begins on the Saturday before',
      {
        week: [
          { ...week(), days: ['sat'] },
          { ...night(), days: ['sun'] },
        ],
      },
      'calendar.week[1]',
    ],
    ['weeks out of order', { laterWeeks: [later('2026-03-02'), later('2026-03-02')] }, 'calendar.laterWeeks[1].from'],
    [
      'a special day without sessions',
      { specialDays: [{ day: '2026-03-07', sessions: [] }] },
      'calendar.specialDays[0].sessions',
    ],
    [
      'special sessions out of order',
      { specialDays: [{ day: '2026-03-07', sessions: [EVENING, { opens: '09:00', closes: '10:00' }] }] },
      'calendar.specialDays[0].sessions',
    ],
    [
      'a special night that begins within the day before',
      {
        specialDays: [{ day: '2026-03-07', sessions: [{ opens: '15:00', closes: '02:00', opensTheDayBefore: true }] }],
      },
      'calendar.specialDays[0].sessions',
    ],
    ['a holiday that it lists twice', { holidays: ['2026-01-02', '2026-01-02'] }, 'calendar.holidays[1]'],
    [
      'a holiday that closes early',
      { earlyCloses: [{ closes: '12:00', days: ['2026-01-02'] }] },
      'calendar.earlyCloses[0].days[0]',
    ],
    ['an unknown day that it does not claim', { unknownDays: ['2027-01-02'] }, 'calendar.unknownDays[0]'],
    ['an invalid day of its check', { checked: 'yesterday' }, 'calendar.checked'],
    [
      'an early close at an invalid time',
      { earlyCloses: [{ closes: 'noon', days: [] }] },
      'calendar.earlyCloses[0].closes',
    ],
    [
      'one in the afternoon written as one at night',
      { earlyCloses: [{ closes: '01:00', days: [] }] },
      'calendar.earlyCloses[0].closes',
    ],
    ['a late open after the close', { lateOpens: [{ opens: '15:30', days: [] }] }, 'calendar.lateOpens[0].opens'],
    ['a late open at an invalid time', { lateOpens: [{ opens: '9', days: [] }] }, 'calendar.lateOpens[0].opens'],
  ]
  test.each(WRONG)('with %s is refused', (_what, change, path) => {
    expect(() => defineCalendar({ ...TOKYO, ...change })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ path }) }),
    )
  })
})

describe('the due times that a job excludes', () => {
  const calendar = exchangeCalendar('XNYS')
  const polls = outsideSessions(calendar, { beforeOpenMs: 5 * 60_000, afterCloseMs: 20 * 60_000 })

  test('are those outside the sessions and their margins', () => {
    const excluded = (time: string) => polls.excludes(Date.parse(`2025-09-16T${time}Z`))
    expect(['13:24', '13:25', '13:30', '20:00', '20:20', '20:21'].map(excluded)).toEqual([
      true,
      false,
      false,
      false,
      false,
      true,
    ])
    expect(new Date(polls.excludedUntil?.(Date.parse('2025-09-16T21:00Z')) ?? 0).toISOString()).toBe(
      '2025-09-17T13:25:00.000Z',
    )
  })

  test('are skipped only as far as all of them are excluded', () => {
    const instant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) })
    fc.assert(
      fc.property(instant, fc.double({ min: 0, max: 1, noNaN: true }), (dueAt, share) => {
        if (!polls.excludes(dueAt)) return
        const until = polls.excludedUntil?.(dueAt) ?? dueAt
        expect(polls.excludes(until)).toBe(false)
        expect(polls.excludes(Math.floor(dueAt + share * (until - 1 - dueAt)))).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})

const EVENING = { opens: '18:15', closes: '19:15' }

/** From Monday afternoon to Tuesday morning, which belongs to Tuesday. */
function night() {
  return { days: ['tue'], opens: '15:00', closes: '03:00', opensTheDayBefore: true } as const
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

function later(from: string) {
  return { from, week: [week()] }
}

function week() {
  return { days: ['mon'], opens: '09:00', closes: '15:30' } as const
}
