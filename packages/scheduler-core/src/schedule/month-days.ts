import { ALL, type Bits, lastUpTo } from './bits.ts'

/** The day fields of a pattern, as croner parsed them. */
export interface DayRule {
  /** Bit 0 is January. */
  readonly months: Bits
  /** Bit 0 is the 1st. */
  readonly days: Bits
  /** `L`: the last day of the month. */
  readonly lastDay: boolean
  /** `LW`: the last Monday to Friday of the month. */
  readonly lastWeekday: boolean
  /** `15W`: the Monday to Friday nearest to the 15th, in its month. Bit 0 is the 1st. */
  readonly nearestWeekdays: Bits
  /**
   * By weekday, Sunday first: 0 for never, else bits 0 to 4 for the first to fifth of the month and bit 5 for the
   * last; 63 is every one. `null` when the field is `*`.
   */
  readonly weekdays: readonly number[] | null
  /** Both day fields must agree, instead of either being enough. */
  readonly bothDayFields: boolean
}

/** The days of a month that the rule selects, bit 0 being the 1st. `month` counts from 0. */
export function monthDays(rule: DayRule, { year, month }: { readonly year: number; readonly month: number }): Bits {
  if (((rule.months >>> month) & 1) === 0) return 0
  const firstWeekday = weekdayOf(firstDay(year, month))
  const length = monthLength(year, month)
  const byDate = datesOf(rule, { firstWeekday, length })
  if (rule.weekdays === null) return byDate
  const byWeekday = weekdaysOf(rule.weekdays, { firstWeekday, length })
  return rule.bothDayFields ? byDate & byWeekday : byDate | byWeekday
}

/** Midnight of the first of a month as if it were in UTC. */
export function startOfMonth(year: number, month: number): number {
  return firstDay(year, month) * 86_400_000
}

/**
 * The first of a month as a number of days since 1970-01-01. Plain arithmetic, because a search for the next due time
 * asks for it at every step, and a `Date` for each costs more than the rest of the search. Years begin in March here,
 * so that a leap day is the last day of its year.
 */
function firstDay(year: number, month: number): number {
  const fromMarch = month < 2 ? year - 1 : year
  const leapDays = Math.floor(fromMarch / 4) - Math.floor(fromMarch / 100) + Math.floor(fromMarch / 400)
  const daysBefore = Math.floor((153 * ((month + 10) % 12) + 2) / 5)
  return 365 * fromMarch + leapDays + daysBefore - 719_468
}

/** Sunday is 0. The day 0 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

interface Month {
  /** The weekday of the 1st; Sunday is 0. */
  readonly firstWeekday: number
  readonly length: number
}

function monthLength(year: number, month: number): number {
  if (month !== 1) return month === 3 || month === 5 || month === 8 || month === 10 ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

function datesOf(rule: DayRule, month: Month): Bits {
  let dates = rule.days
  if (rule.lastDay) dates |= 1 << (month.length - 1)
  if (rule.lastWeekday) dates |= 1 << nearestWeekday(month.length - 1, month)
  for (let index = 0; index < month.length && rule.nearestWeekdays !== 0; index++) {
    if ((rule.nearestWeekdays >>> index) & 1) dates |= 1 << nearestWeekday(index, month)
  }
  return dates & (ALL >>> (31 - month.length))
}

/** The nearest Monday to Friday in the same month; `index` counts from 0. */
function nearestWeekday(index: number, { firstWeekday, length }: Month): number {
  const weekday = (firstWeekday + index) % 7
  if (weekday === 6) return index === 0 ? 2 : index - 1
  if (weekday === 0) return index === length - 1 ? index - 2 : index + 1
  return index
}

function weekdaysOf(weekdays: readonly number[], { firstWeekday, length }: Month): Bits {
  const inMonth = ALL >>> (31 - length)
  let days = 0
  for (const [weekday, nths] of weekdays.entries()) {
    if (nths === 0) continue
    const first = (weekday - firstWeekday + 7) % 7
    const every = (EVERY_SEVENTH << first) & inMonth
    if (nths === 63) days |= every
    else days |= nthsOf(nths, first) & inMonth
    if ((nths & 32) !== 0) days |= 1 << lastUpTo(every, 30)
  }
  return days
}

/** The days 1, 8, 15, 22 and 29. */
const EVERY_SEVENTH: Bits = 0x10204081

function nthsOf(nths: number, first: number): Bits {
  let days = 0
  for (let nth = 0; nth < 5; nth++) if ((nths >>> nth) & 1 && first + 7 * nth < 31) days |= 1 << (first + 7 * nth)
  return days
}
