import { addDays, type CalendarDay, dayOf, WEEKDAYS, type Weekday, weekdayOf } from './days.ts'

/** Returns the day of a holiday in a year; `null` when that year has none. */
export type HolidayRule = (year: number) => CalendarDay | null

/** The same date every year, such as 25 December. */
export function holidayOnDate(month: number, date: number): HolidayRule {
  return (year) => dayOf(year, month, date)
}

/**
 * The nth weekday of a month, such as the third Monday of January. A negative `nth` counts from the end of the month.
 */
export function holidayOnWeekday(nth: number, weekday: Weekday, month: number): HolidayRule {
  return (year) => {
    const edge = nth > 0 ? dayOf(year, month, 1) : dayOf(year, month + 1, 0)
    const distance = WEEKDAYS.indexOf(weekday) - WEEKDAYS.indexOf(weekdayOf(edge))
    return nth > 0
      ? addDays(edge, ((distance + 7) % 7) + (nth - 1) * 7)
      : addDays(edge, ((distance - 7) % 7) + (nth + 1) * 7)
  }
}

/** A number of days after western Easter Sunday: -2 is Good Friday, 1 is Easter Monday. */
export function holidayFromEaster(days: number): HolidayRule {
  return (year) => addDays(easterSunday(year), days)
}

/** A number of days after (or, if negative, before) the day of another rule. */
export function daysFromHoliday(rule: HolidayRule, days: number): HolidayRule {
  return (year) => {
    const day = rule(year)
    return day === null ? null : addDays(day, days)
  }
}

/**
 * Moves a holiday that falls on one of these weekdays by that many days. `{ sat: -1, sun: 1 }` observes it on the
 * nearest workday.
 */
export function movedHoliday(shifts: Partial<Record<Weekday, number>>, rule: HolidayRule): HolidayRule {
  return (year) => {
    const day = rule(year)
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

/** A rule that holds only in years in which it falls on one of these weekdays. */
export function holidayOnlyOn(weekdays: readonly Weekday[], rule: HolidayRule): HolidayRule {
  return (year) => {
    const day = rule(year)
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
