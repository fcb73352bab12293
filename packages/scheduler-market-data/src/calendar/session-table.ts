import type { EpochMs } from '@pm/scheduler-core'

import type { Zone } from '../time/zone.ts'
import type { CalendarDefinition } from './calendar-definition.ts'
import { addDays, type CalendarDay, DAY_MS, dayOf, startOfDay } from './days.ts'
import { localSessionsOf } from './local-sessions.ts'
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
  /** The sessions of a trading day, the oldest first. */
  ofDay(day: CalendarDay): readonly TradingSession[]
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
        // The session after the last one that ended may have begun, too.
        for (let index = Math.min(firstEndingAfter(sessions, at), sessions.length - 1); index >= 0; index--) {
          const session = sessions[index]
          if (session !== undefined && session.opensAt <= at) yield session
        }
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
    ofDay(day) {
      const year = Number(day.slice(0, 4))
      if (year < FIRST_YEAR || year > LAST_YEAR) return []
      const sessions = sessionsOf(year)
      // A session overlaps the three days around its trading day, whatever the zone.
      const from = firstEndingAfter(sessions, startOfDay(day) - MARGIN_MS)
      const found: TradingSession[] = []
      for (let index = from; index < sessions.length; index++) {
        const session = sessions[index]
        if (session === undefined || session.day > day) break
        if (session.day === day) found.push(session)
      }
      return found
    },
  }
}

const MAX_YEARS = 64
/** The years that a `CalendarDay` can spell, which have four digits; the days of a rule may be in one of the next years. */
const FIRST_YEAR = 1_000
const LAST_YEAR = 9_990
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

/** In their order, since neither the days nor the sessions of a day overlap. */
function sessionsInYear(definition: CalendarDefinition, zone: Zone, year: number): readonly TradingSession[] {
  const localSessions = localSessionsOf(definition, year)
  const sessions: TradingSession[] = []
  for (let day = dayOf(year, 1, 1); day < dayOf(year + 1, 1, 1); day = addDays(day, 1)) {
    const at = (minutes: number) => zone.instantOf(startOfDay(day) + minutes * 60_000)
    for (const { opens, closes } of localSessions(day)) {
      const session = { day, opensAt: at(opens), closesAt: at(closes) }
      // The clock may skip a whole session.
      if (session.opensAt < session.closesAt) sessions.push(Object.freeze(session))
    }
  }
  return sessions
}
