import { addDays, type CalendarDay, dayOf, WEEKDAYS, type Weekday, weekdayOf } from './days.ts'

/** Which day of a year a holiday is; `null` when that year has none. */
export type HolidayRule = (year: number) => CalendarDay | null

/** The same date every year, such as 25 December. */
export function holidayOnDate(month: number, date: number): HolidayRule {
  return (year) => dayOf(year, month, date)
}

/** Such as the third Monday of January; from the end of the month when `nth` is negative. */
export function holidayOnWeekday(nth: number, weekday: Weekday, month: number): HolidayRule {
  return (year) => {
    const edge = nth > 0 ? dayOf(year, month, 1) : dayOf(year, month + 1, 0)
    const distance = WEEKDAYS.indexOf(weekday) - WEEKDAYS.indexOf(weekdayOf(edge))
    return nth > 0
      ? addDays(edge, ((distance + 7) % 7) + (nth - 1) * 7)
      : addDays(edge, ((distance - 7) % 7) + (nth + 1) * 7)
  }
}

/** Days after Easter Sunday of the western churches: -2 is Good Friday, 1 is Easter Monday. */
export function holidayFromEaster(days: number): HolidayRule {
  return (year) => addDays(easterSunday(year), days)
}

/** The day after (or, negative, before) that of another rule. */
export function daysFromHoliday(rule: HolidayRule, days: number): HolidayRule {
  return (year) => {
    const day = rule(year)
    return day === null ? null : addDays(day, days)
  }
}

/**
 * Some days later (or, negative, earlier) on the weekdays that are named. `{ sat: -1, sun: 1 }` observes a holiday on the
 * nearest workday.
 */
export function movedHoliday(shifts: Partial<Record<Weekday, number>>, rule: HolidayRule): HolidayRule {
  return (year) => {
    const day = rule(year)
    return day === null ? null : addDays(day, shifts[weekdayOf(day)] ?? 0)
  }
}

/** Only in the years from this one on. */
export function holidaySince(firstYear: number, rule: HolidayRule): HolidayRule {
  return (year) => (year < firstYear ? null : rule(year))
}

/** Not in these years. */
export function holidayExceptIn(years: readonly number[], rule: HolidayRule): HolidayRule {
  return (year) => (years.includes(year) ? null : rule(year))
}

/** Only in the years in which it falls on one of these days. */
export function holidayOnlyOn(weekdays: readonly Weekday[], rule: HolidayRule): HolidayRule {
  return (year) => {
    const day = rule(year)
    return day !== null && weekdays.includes(weekdayOf(day)) ? day : null
  }
}

/** The first Sunday after the first full moon of spring, by the church's reckoning (Butcher's algorithm, as in Meeus). */
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
