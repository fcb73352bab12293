import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { CalendarDefinition } from './calendar-definition.ts'
import { defineCalendar } from './define-calendar.ts'
import { exchangeCalendar } from './exchange-calendar.ts'
import { holidayOnDate } from './holiday-rules.ts'
import { outsideSessions } from './outside-sessions.ts'

const TOKYO: CalendarDefinition = {
  name: 'XTKS',
  timezone: 'Asia/Tokyo',
  source: 'the exchange, from November 2024',
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
      week: [{ days: ['sun'], opens: '02:30', closes: '04:00' }],
    })
    const opening = (day: string) => new Date(nightly.nextOpen(Date.parse(day)) ?? 0).toISOString()
    expect(opening('2026-03-29')).toBe('2026-03-29T01:00:00.000Z')
    expect(opening('2026-10-25')).toBe('2026-10-25T00:30:00.000Z')
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
    [
      'an early close at an invalid time',
      { earlyCloses: [{ closes: 'noon', days: [] }] },
      'calendar.earlyCloses[0].closes',
    ],
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

function week() {
  return { days: ['mon'], opens: '09:00', closes: '15:30' } as const
}
