import type { EpochMs } from '@pm/scheduler-core'

import { createZone, type Zone } from '../time/zone.ts'
import { type CalendarDefinition, checkDefinition, minutesOf } from './calendar-definition.ts'
import { addDays, type CalendarDay, DAY_MS, dayOf, startOfDay, weekdayOf } from './days.ts'
import type { HolidayRule } from './holiday-rules.ts'
import type { TradingCalendar, TradingSession } from './trading-calendar.ts'

/**
 * A calendar from a market's hours. Throws `INVALID_OPTIONS` for hours that cannot be.
 *
 * @example defineCalendar({
 *   name: 'XSIX', timezone: 'Europe/Zurich', source: 'the exchange, from 2024',
 *   week: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], opens: '09:00', closes: '17:30' }],
 *   holidays: [onDate(8, 1), '2026-01-02'],
 * })
 */
export function defineCalendar(definition: CalendarDefinition): TradingCalendar {
  checkDefinition(definition)
  const zone = createZone(definition.timezone, 'calendar.timezone')
  const years = new Map<number, readonly TradingSession[]>()

  function sessionsOf(year: number): readonly TradingSession[] {
    const known = years.get(year)
    if (known !== undefined) return known
    const sessions = sessionsInYear(definition, zone, year)
    if (years.size >= MAX_YEARS) years.clear()
    years.set(year, sessions)
    return sessions
  }

  function* sessionsFrom(at: EpochMs): Generator<TradingSession, void, void> {
    let quiet = 0
    for (let year = yearOf(at - MARGIN_MS); quiet <= 1 && year <= LAST_YEAR; year++) {
      const sessions = sessionsOf(year)
      quiet = sessions.length === 0 ? quiet + 1 : 0
      for (let index = firstEndingAfter(sessions, at); index < sessions.length; index++) {
        const session = sessions[index]
        if (session !== undefined) yield session
      }
    }
  }

  /** The sessions that began up to `at`, latest first. */
  function* sessionsBackFrom(at: EpochMs): Generator<TradingSession, void, void> {
    let quiet = 0
    for (let year = yearOf(at + MARGIN_MS); quiet <= 1 && year >= FIRST_YEAR; year--) {
      const sessions = sessionsOf(year)
      quiet = sessions.length === 0 ? quiet + 1 : 0
      for (const session of sessions.toReversed()) if (session.opensAt <= at) yield session
    }
  }

  /** Without the iteration, since a scheduler may ask thousands of times a tick. */
  function isOpen(at: EpochMs): boolean {
    const first = yearOf(at - MARGIN_MS)
    const last = yearOf(at + MARGIN_MS)
    for (let year = first; year <= last; year++) {
      const sessions = sessionsOf(year)
      const session = sessions[firstEndingAfter(sessions, at)]
      if (session !== undefined) return session.opensAt <= at
    }
    return false
  }

  function nextOpen(at: EpochMs): EpochMs | null {
    let closedAt: EpochMs | null = null
    for (const { opensAt, closesAt } of sessionsFrom(at)) {
      if (opensAt > at && opensAt !== closedAt) return opensAt
      if (opensAt > at + ENDLESS_MS) return null
      closedAt = closesAt
    }
    return null
  }

  function previousClose(at: EpochMs): EpochMs | null {
    let reopenedAt: EpochMs | null = null
    for (const { opensAt, closesAt } of sessionsBackFrom(at)) {
      if (closesAt <= at && closesAt !== reopenedAt) return closesAt
      if (closesAt < at - ENDLESS_MS) return null
      reopenedAt = opensAt
    }
    return null
  }

  const { name, timezone, source } = definition
  return Object.freeze({
    name,
    timezone,
    source,
    isOpen,
    nextOpen,
    previousClose,
    sessionsFrom,
    sessionsBetween(from: EpochMs, to: EpochMs) {
      const sessions: TradingSession[] = []
      for (const session of sessionsFrom(from)) {
        if (session.opensAt >= to) break
        sessions.push(session)
      }
      return sessions
    },
    excludes: (dueAt: EpochMs) => !isOpen(dueAt),
    excludedUntil: (dueAt: EpochMs) => nextOpen(dueAt) ?? dueAt,
  })
}

const MAX_YEARS = 64
/** Years of four digits, as a `Day` spells them. */
const FIRST_YEAR = 1_000
const LAST_YEAR = 9_998
/** A session belongs to a year by its trading day, which neither end is further from than this. */
const MARGIN_MS = 3 * DAY_MS
/** A market that is open for so long never closes. */
const ENDLESS_MS = 400 * DAY_MS

function yearOf(at: EpochMs): number {
  return Math.min(Math.max(new Date(at).getUTCFullYear(), FIRST_YEAR), LAST_YEAR)
}

/** By halves; the length when all have ended. */
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

/** A rule may name a day of a neighbouring year, as a holiday does that is observed on the day before. */
function daysIn(rules: readonly (CalendarDay | HolidayRule)[], year: number): ReadonlySet<CalendarDay> {
  const days = rules.flatMap((rule) =>
    typeof rule === 'string' ? [rule] : [rule(year - 1), rule(year), rule(year + 1)],
  )
  return new Set(days.filter((day) => day !== null))
}
