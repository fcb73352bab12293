import type { EpochMs } from '@pm/scheduler-core'

import type { Zone } from '../time/zone.ts'
import { type CalendarDefinition, minutesOf } from './calendar-definition.ts'
import { addDays, type CalendarDay, DAY_MS, dayOf, startOfDay, weekdayOf } from './days.ts'
import type { HolidayRule } from './holiday-rules.ts'
import type { TradingSession } from './trading-calendar.ts'

/** The sessions of a market, computed a year at a time and cached. */
export interface SessionTable {
  /** The sessions that end after `at`, the oldest first. */
  from(at: EpochMs): Generator<TradingSession, void, void>
  /** The sessions that began up to `at`, latest first. */
  backFrom(at: EpochMs): Generator<TradingSession, void, void>
  /**
   * The first session near `at` that ends after it. Avoids a generator, since a scheduler may ask thousands of times
   * per tick.
   */
  firstEndingAfter(at: EpochMs): TradingSession | undefined
}

export function createSessionTable(definition: CalendarDefinition, zone: Zone): SessionTable {
  const years = new Map<number, readonly TradingSession[]>()

  function sessionsOf(year: number): readonly TradingSession[] {
    const known = years.get(year)
    if (known !== undefined) return known
    const sessions = sessionsInYear(definition, zone, year)
    if (years.size >= MAX_YEARS) years.clear()
    years.set(year, sessions)
    return sessions
  }

  return {
    *from(at) {
      let quiet = 0
      for (let year = yearOf(at - MARGIN_MS); quiet <= 1 && year <= LAST_YEAR; year++) {
        const sessions = sessionsOf(year)
        quiet = sessions.length === 0 ? quiet + 1 : 0
        for (let index = firstEndingAfter(sessions, at); index < sessions.length; index++) {
          const session = sessions[index]
          if (session !== undefined) yield session
        }
      }
    },
    *backFrom(at) {
      let quiet = 0
      for (let year = yearOf(at + MARGIN_MS); quiet <= 1 && year >= FIRST_YEAR; year--) {
        const sessions = sessionsOf(year)
        quiet = sessions.length === 0 ? quiet + 1 : 0
        for (const session of sessions.toReversed()) if (session.opensAt <= at) yield session
      }
    },
    firstEndingAfter(at) {
      const last = yearOf(at + MARGIN_MS)
      for (let year = yearOf(at - MARGIN_MS); year <= last; year++) {
        const sessions = sessionsOf(year)
        const session = sessions[firstEndingAfter(sessions, at)]
        if (session !== undefined) return session
      }
      return undefined
    },
  }
}

const MAX_YEARS = 64
/** The years that a `CalendarDay` can spell, which have four digits. */
const FIRST_YEAR = 1_000
const LAST_YEAR = 9_998
/** The longest distance from a session's opening or close to its trading day, by which it belongs to a year. */
const MARGIN_MS = 3 * DAY_MS
function yearOf(at: EpochMs): number {
  return Math.min(Math.max(new Date(at).getUTCFullYear(), FIRST_YEAR), LAST_YEAR)
}

/** Index of the first session that ends after `at`, by binary search; the length when all have ended. */
function firstEndingAfter(sessions: readonly TradingSession[], at: EpochMs): number {
  let low = 0
  let high = sessions.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const session = sessions[middle]
    if (session !== undefined && session.closesAt > at) high = middle
    else low = middle + 1
  }
  return low
}

function sessionsInYear(definition: CalendarDefinition, zone: Zone, year: number): readonly TradingSession[] {
  const { week, holidays = [], earlyCloses = [] } = definition
  const closed = daysIn(holidays, year)
  const early = new Map(
    earlyCloses.flatMap(({ closes, days }) => {
      const minutes = minutesOf(closes, 'earlyCloses')
      return [...daysIn(days, year)].map((day) => [day, minutes] as const)
    }),
  )
  const sessions: TradingSession[] = []
  for (let day = dayOf(year, 1, 1); day < dayOf(year + 1, 1, 1); day = addDays(day, 1)) {
    if (closed.has(day)) continue
    for (const { days, opens, closes, opensTheDayBefore = false } of week) {
      if (!days.includes(weekdayOf(day))) continue
      const from = minutesOf(opens, 'opens') - (opensTheDayBefore ? DAY_MINUTES : 0)
      const to = Math.min(minutesOf(closes, 'closes'), early.get(day) ?? Infinity)
      const at = (minutes: number) => zone.instantOf(startOfDay(day) + minutes * 60_000)
      if (from < to) sessions.push(Object.freeze({ day, opensAt: at(from), closesAt: at(to) }))
    }
  }
  return sessions.sort((a, b) => a.opensAt - b.opensAt)
}

const DAY_MINUTES = 1_440

/**
 * Also evaluates the neighbouring years, since a rule may return a day of another year, such as New Year observed on 31
 * December.
 */
function daysIn(rules: readonly (CalendarDay | HolidayRule)[], year: number): ReadonlySet<CalendarDay> {
  const days = rules.flatMap((rule) =>
    typeof rule === 'string' ? [rule] : [rule(year - 1), rule(year), rule(year + 1)],
  )
  return new Set(days.filter((day) => day !== null))
}
