import { describe, expect, test } from 'vitest'

import type { Weekday } from './days.ts'
import {
  daysFromHoliday,
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
