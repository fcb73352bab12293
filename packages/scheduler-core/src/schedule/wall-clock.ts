import { countBits, firstFrom, lastUpTo } from './bits.ts'
import type { ParsedPattern } from './cron-pattern.ts'
import { monthDays, startOfMonth } from './month-days.ts'
import { countTimesUpTo, firstTime, lastTime, timeAtOrAfter, timeAtOrBefore, timesPerDay } from './time-of-day.ts'

/**
 * The time that a clock on the wall shows, in milliseconds: the instant plus the zone's offset. Patterns are matched
 * against it, so matching needs no zones.
 */
export type WallMs = number

export const DAY_MS = 86_400_000
const SECOND_MS = 1_000

/** The first match strictly after `after`, or `null` when none is within the years that a `Date` holds. */
export function nextMatch(pattern: ParsedPattern, after: WallMs): WallMs | null {
  const from = Math.floor(after / SECOND_MS) * SECOND_MS + SECOND_MS
  const midnight = Math.floor(from / DAY_MS) * DAY_MS
  const today = dayAtOrAfter(pattern, midnight)
  if (today === null) return null
  if (today > midnight) return today + firstTime(pattern) * SECOND_MS
  const time = timeAtOrAfter(pattern, (from - midnight) / SECOND_MS)
  if (time !== -1) return today + time * SECOND_MS
  const later = dayAtOrAfter(pattern, midnight + DAY_MS)
  return later === null ? null : later + firstTime(pattern) * SECOND_MS
}

/** The last match at or before `upTo`, or `null` when none is within the years that a `Date` holds. */
export function lastMatch(pattern: ParsedPattern, upTo: WallMs): WallMs | null {
  const midnight = Math.floor(upTo / DAY_MS) * DAY_MS
  const today = dayAtOrBefore(pattern, midnight)
  if (today === null) return null
  if (today < midnight) return today + lastTime(pattern) * SECOND_MS
  const time = timeAtOrBefore(pattern, Math.floor((upTo - midnight) / SECOND_MS))
  if (time !== -1) return today + time * SECOND_MS
  const earlier = dayAtOrBefore(pattern, midnight - DAY_MS)
  return earlier === null ? null : earlier + lastTime(pattern) * SECOND_MS
}

/** How many matches are in `(after, upTo]`, counted in whole months instead of one by one. */
export function countMatches(pattern: ParsedPattern, after: WallMs, upTo: WallMs): number {
  if (upTo <= after) return 0
  return matchesUpTo(pattern, upTo, after) - matchesUpTo(pattern, after, after)
}

/** Matches from the start of `origin`'s month up to and including `upTo`. */
function matchesUpTo(pattern: ParsedPattern, upTo: WallMs, origin: WallMs): number {
  const last = new Date(upTo)
  const first = new Date(origin)
  const lastMonth = { year: last.getUTCFullYear(), month: last.getUTCMonth() }
  let days = 0
  let { year, month } = { year: first.getUTCFullYear(), month: first.getUTCMonth() }
  while (year < lastMonth.year || (year === lastMonth.year && month < lastMonth.month)) {
    days += countBits(monthDays(pattern, { year, month }))
    month++
    if (month === 12) {
      month = 0
      year++
    }
  }
  const inLast = monthDays(pattern, lastMonth)
  const date = last.getUTCDate()
  days += countBits(inLast & ~(-1 << (date - 1)))
  if (((inLast >>> (date - 1)) & 1) === 0) return days * timesPerDay(pattern)
  const midnight = Math.floor(upTo / DAY_MS) * DAY_MS
  return days * timesPerDay(pattern) + countTimesUpTo(pattern, Math.floor((upTo - midnight) / SECOND_MS))
}

/** Midnight of the first day that matches, at or after this midnight. */
function dayAtOrAfter(pattern: ParsedPattern, midnight: WallMs): WallMs | null {
  const start = new Date(midnight)
  let year = start.getUTCFullYear()
  let month = start.getUTCMonth()
  let from = start.getUTCDate() - 1
  while (year <= MAX_YEAR) {
    const day = firstFrom(monthDays(pattern, { year, month }), from)
    if (day !== -1) return startOfMonth(year, month) + day * DAY_MS
    from = 0
    month++
    if (month === 12) {
      month = 0
      year++
    }
  }
  return null
}

/** Midnight of the last day that matches, at or before this midnight. */
function dayAtOrBefore(pattern: ParsedPattern, midnight: WallMs): WallMs | null {
  const start = new Date(midnight)
  let year = start.getUTCFullYear()
  let month = start.getUTCMonth()
  let upTo = start.getUTCDate() - 1
  while (year >= -MAX_YEAR) {
    const day = lastUpTo(monthDays(pattern, { year, month }), upTo)
    if (day !== -1) return startOfMonth(year, month) + day * DAY_MS
    upTo = 30
    month--
    if (month === -1) {
      month = 11
      year--
    }
  }
  return null
}

/** The search ends at this year before and after 0. A `Date` holds the years -271,821 to 275,760. */
const MAX_YEAR = 271_820
