import { describe, expect, test } from 'vitest'

import type { CalendarDefinition } from './calendar-definition.ts'
import type { Weekday } from './days.ts'
import { defineCalendar } from './define-calendar.ts'
import {
  daysFromHoliday,
  type HolidayRule,
  holidayFromEaster,
  holidayOnDate,
  holidayOnlyOn,
  holidayOnWeekday,
  movedHoliday,
} from './holiday-rules.ts'

describe('a rule never leaves its month', () => {
  test('29 February is a day of leap years alone', () => {
    expect([2027, 2028].map(holidayOnDate(2, 29))).toEqual([null, '2028-02-29'])
  })

  test('the fifth Monday is a day of months that have one', () => {
    expect([2026, 2027].map(holidayOnWeekday(5, 'mon', 3))).toEqual(['2026-03-30', '2027-03-29'])
    expect([2026, 2027].map(holidayOnWeekday(5, 'mon', 2))).toEqual([null, null])
    expect([2027, 2028].map(holidayOnWeekday(-5, 'tue', 2))).toEqual([null, '2028-02-01'])
  })
})

describe('a rule of a host that returns no day is refused when its year is first asked for', () => {
  const NO_DAYS: readonly unknown[] = [
    '2026-13-45',
    '2026-02-30',
    '25 December',
    '',
    20_261_225,
    undefined,
    new Date(0),
  ]
  const base: CalendarDefinition = {
    ...{ name: 'own', timezone: 'Europe/Berlin', source: 'made up', knows: { from: '2020-01-01', to: '2029-12-31' } },
    week: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], opens: '09:00', closes: '17:30' }],
  }
  const refusal = (path: string) =>
    expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ path }) })

  test.each(NO_DAYS)('such as %o, at its place in the definition', (value) => {
    /** Wrong from 2026 on. */
    const rule = ((year: number) => (year < 2026 ? `${year}-12-25` : value)) as HolidayRule
    const days = ['2026-01-02', rule]
    const PLACES: [Partial<CalendarDefinition>, string][] = [
      [{ holidays: days }, 'calendar.holidays[1]'],
      [{ earlyCloses: [{ closes: '12:00', days }] }, 'calendar.earlyCloses[0].days[1]'],
      [{ lateOpens: [{ opens: '12:00', days }] }, 'calendar.lateOpens[0].days[1]'],
    ]
    for (const [part, path] of PLACES) {
      const calendar = defineCalendar({ ...base, ...part })
      expect(calendar.tradingDay('2024-07-01')).not.toBeNull()
      for (let time = 0; time < 2; time++) expect(() => calendar.tradingDay('2026-07-01')).toThrow(refusal(path))
    }
  })

  test.each(NO_DAYS)('such as %o, also within the rules that are made of it', (value) => {
    const rule = (() => value) as unknown as HolidayRule
    const made = [movedHoliday({ sat: -1 }, rule), daysFromHoliday(rule, 1), holidayOnlyOn(['mon'], rule)]
    for (const one of made) expect(() => one(2026)).toThrow(refusal('rule'))
  })

  test('and null is no day off', () => {
    expect(defineCalendar({ ...base, holidays: [() => null] }).isTradingDay('2026-12-25')).toBe(true)
  })
})

describe('a rule of a day that no year has is refused', () => {
  const monday = 'monday' as Weekday
  const WRONG: [string, () => unknown, string][] = [
    ['30 February', () => holidayOnDate(2, 30), 'date'],
    ['the 25th month', () => holidayOnDate(25, 12), 'month'],
    ['the sixth Monday', () => holidayOnWeekday(6, 'mon', 5), 'nth'],
    ['the Monday of nowhere', () => holidayOnWeekday(0, 'mon', 5), 'nth'],
    ['a misspelt weekday', () => holidayOnWeekday(1, monday, 5), 'weekday'],
    ['a misspelt weekday to move', () => movedHoliday({ [monday]: 1 }, holidayOnDate(5, 1)), 'shifts'],
    ['a misspelt weekday to keep', () => holidayOnlyOn([monday], holidayOnDate(5, 1)), 'weekdays'],
    ['half a day after Easter', () => holidayFromEaster(0.5), 'days'],
    ['half a day from another', () => daysFromHoliday(holidayOnDate(5, 1), 0.5), 'days'],
  ]
  test.each(WRONG)('%s', (_what, make, path) => {
    expect(make).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ path }) }),
    )
  })
})
