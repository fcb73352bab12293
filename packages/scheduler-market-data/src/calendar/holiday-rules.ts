import { refuseOption } from '@pm/scheduler-core/store'

import { wholeNumber } from '../options/check-option.ts'
import { addDays, type CalendarDay, dayOf, isDay, WEEKDAYS, type Weekday, weekdayOf } from './days.ts'

/**
 * Returns the day of a holiday in a year; `null` when that year has none. What else it returns is refused as
 * `INVALID_OPTIONS` when its year is first asked for.
 */
export type HolidayRule = (year: number) => CalendarDay | null

/** The day of a rule, which may be a host's own. Throws `INVALID_OPTIONS` at this path for what is no day. */
export function dayByRule(rule: HolidayRule, year: number, path = 'rule'): CalendarDay | null {
  const day: unknown = rule(year)
  if (day === null || (typeof day === 'string' && isDay(day))) return day
  return refuseOption({ path, value: day, expected: `a date that exists, such as ${year}-12-25, or null for ${year}` })
}

/**
 * The same date every year, such as 25 December; 29 February in leap years alone. Throws `INVALID_OPTIONS` for a date
 * that no year has.
 */
export function holidayOnDate(month: number, date: number): HolidayRule {
  checkMonth(month)
  wholeNumber({ path: 'date', value: date, from: 1, to: LONGEST_MONTHS[month - 1] ?? 31 })
  return (year) => {
    const day = dayOf(year, month, date)
    return isInMonth(day, month) ? day : null
  }
}

/**
 * The nth weekday of a month, such as the third Monday of January; none in a year whose month has no fifth. A negative
 * `nth` counts from the end of the month. Throws `INVALID_OPTIONS`.
 */
export function holidayOnWeekday(nth: number, weekday: Weekday, month: number): HolidayRule {
  checkMonth(month)
  checkWeekdays([weekday], 'weekday')
  wholeNumber({ path: 'nth', value: nth, from: -5, to: 5 })
  if (nth === 0) refuseOption({ path: 'nth', value: nth, expected: '1 to 5, or -1 to -5 from the end of the month' })
  return (year) => {
    const day = nthWeekday({ nth, weekday, month, year })
    return isInMonth(day, month) ? day : null
  }
}

interface NthWeekday {
  readonly nth: number
  readonly weekday: Weekday
  readonly month: number
  readonly year: number
}

function nthWeekday({ nth, weekday, month, year }: NthWeekday): CalendarDay {
  const edge = nth > 0 ? dayOf(year, month, 1) : dayOf(year, month + 1, 0)
  const distance = WEEKDAYS.indexOf(weekday) - WEEKDAYS.indexOf(weekdayOf(edge))
  return nth > 0
    ? addDays(edge, ((distance + 7) % 7) + (nth - 1) * 7)
    : addDays(edge, ((distance - 7) % 7) + (nth + 1) * 7)
}

/** A number of days after western Easter Sunday: -2 is Good Friday, 1 is Easter Monday. Throws `INVALID_OPTIONS`. */
export function holidayFromEaster(days: number): HolidayRule {
  checkDistance(days, 'days')
  return (year) => addDays(easterSunday(year), days)
}

/** A number of days after (or, if negative, before) the day of another rule. Throws `INVALID_OPTIONS`. */
export function daysFromHoliday(rule: HolidayRule, days: number): HolidayRule {
  checkDistance(days, 'days')
  return (year) => {
    const day = dayByRule(rule, year)
    return day === null ? null : addDays(day, days)
  }
}

/**
 * Moves a holiday that falls on one of these weekdays by that many days. `{ sat: -1, sun: 1 }` observes it on the
 * nearest workday. Throws `INVALID_OPTIONS`.
 */
export function movedHoliday(shifts: Partial<Record<Weekday, number>>, rule: HolidayRule): HolidayRule {
  checkWeekdays(Object.keys(shifts), 'shifts')
  for (const [weekday, days] of Object.entries(shifts)) checkDistance(days, `shifts.${weekday}`)
  return (year) => {
    const day = dayByRule(rule, year)
    return day === null ? null : addDays(day, shifts[weekdayOf(day)] ?? 0)
  }
}

/** A rule that begins in `firstYear`. */
export function holidaySince(firstYear: number, rule: HolidayRule): HolidayRule {
  return (year) => (year < firstYear ? null : rule(year))
}

/** A rule that skips these years. */
export function holidayExceptIn(years: readonly number[], rule: HolidayRule): HolidayRule {
  return (year) => (years.includes(year) ? null : rule(year))
}

/** A rule that holds only in years in which it falls on one of these weekdays. Throws `INVALID_OPTIONS`. */
export function holidayOnlyOn(weekdays: readonly Weekday[], rule: HolidayRule): HolidayRule {
  checkWeekdays(weekdays, 'weekdays')
  return (year) => {
    const day = dayByRule(rule, year)
    return day !== null && weekdays.includes(weekdayOf(day)) ? day : null
  }
}

/**
 * The first Sunday after the first full moon of spring, by the Gregorian church calendar (Butcher's algorithm, as in
 * Meeus).
 */
function easterSunday(year: number): CalendarDay {
  const a = year % 19
  const century = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * a + century - Math.floor(century / 4) - d + 15) % 30
  const l = (32 + 2 * (century % 4) + 2 * Math.floor(c / 4) - epact - (c % 4)) % 7
  const m = Math.floor((a + 11 * epact + 22 * l) / 451)
  return dayOf(year, 3, 22 + epact + l - 7 * m)
}

/** The days of each month, in a leap year. */
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** `dayOf` and sums of days run on into the months beside it. */
function isInMonth(day: CalendarDay, month: number): boolean {
  return Number(day.slice(5, 7)) === month
}

function checkMonth(month: number): void {
  wholeNumber({ path: 'month', value: month, from: 1, to: 12 })
}

function checkDistance(days: number, path: string): void {
  wholeNumber({ path, value: days, from: -366, to: 366 })
}

function checkWeekdays(weekdays: readonly string[], path: string): void {
  const known: readonly string[] = WEEKDAYS
  const wrong = weekdays.find((day) => !known.includes(day))
  if (wrong !== undefined) refuseOption({ path, value: wrong, expected: `days out of ${WEEKDAYS.join(', ')}`, known })
}
