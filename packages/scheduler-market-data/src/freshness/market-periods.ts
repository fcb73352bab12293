import type { EpochMs } from '@pm/scheduler-core'

import { DAY_MS, dayOfLocal, isDay, startOfDay } from '../calendar/days.ts'
import { LONGEST_CLOSURE_MS } from '../calendar/longest-closure.ts'
import type { TradingCalendar, TradingSession } from '../calendar/trading-calendar.ts'
import { createZone, type Zone } from '../time/zone.ts'

/**
 * The trading from an open to the close: the sessions of one trading day with the breaks between them, or sessions that
 * follow each other without a gap, such as the week of currencies. A market that never closes has one without ends.
 */
export interface MarketPeriod {
  readonly opensAt: EpochMs
  /** Exclusive. */
  readonly closesAt: EpochMs
}

/** The periods of a market. Remembers the answers of many days, since feeds are judged and saved by the thousand. */
export interface MarketPeriods {
  /** The period that began last, up to `at`; `null` when none did for weeks. */
  latest(at: EpochMs): MarketPeriod | null
  /** The first period that ends after `at`; `null` when the market has no more sessions. */
  endingAfter(at: EpochMs): MarketPeriod | null
  /** The trading day with the local date of `at`, whatever the time; `null` when that date has no session. */
  onDateOf(at: EpochMs): MarketPeriod | null
}

export function marketPeriods(calendar: TradingCalendar): MarketPeriods {
  let zone: Zone | null = null
  return Object.freeze({
    latest: remembering((at) => rememberLatest(calendar, at)),
    endingAfter: remembering((at) => rememberEnding(calendar, at)),
    onDateOf: remembering((at) => {
      zone ??= createZone(calendar.timezone)
      return rememberDate(calendar, zone, at)
    }),
  })
}

/** Keeps the last answer of each day: nearly all instants of a day have the same. */
function remembering(find: (at: EpochMs) => Remembered): (at: EpochMs) => MarketPeriod | null {
  const days = new Map<number, Remembered>()
  return (at) => {
    const day = Math.floor(at / DAY_MS)
    const known = days.get(day)
    if (known !== undefined && known.from <= at && at < known.until) return known.period
    if (days.size >= MOST_DAYS) days.clear()
    const found = find(at)
    days.set(day, found)
    return found.period
  }
}

/** A period with the span `[from, until)` of the instants for which it is the answer. */
interface Remembered {
  readonly period: MarketPeriod | null
  readonly from: EpochMs
  readonly until: EpochMs
}

const ALWAYS: Remembered = Object.freeze({
  period: Object.freeze({ opensAt: -Infinity, closesAt: Infinity }),
  from: -Infinity,
  until: Infinity,
})

function rememberLatest(calendar: TradingCalendar, at: EpochMs): Remembered {
  if (neverCloses(calendar, at)) return ALWAYS
  const begun = calendar.sessionsBetween(at - LONGEST_CLOSURE_MS, at + 1).at(-1)
  if (begun === undefined) return { period: null, from: at, until: at + 1 }
  const period = periodAround(calendar, begun)
  return { period, from: period.opensAt, until: calendar.nextOpen(period.closesAt - 1) ?? Infinity }
}

function rememberEnding(calendar: TradingCalendar, at: EpochMs): Remembered {
  if (neverCloses(calendar, at)) return ALWAYS
  const [first] = calendar.sessionsFrom(at)
  if (first === undefined) return { period: null, from: at, until: at + 1 }
  const period = periodAround(calendar, first)
  return { period, from: Math.min(at, period.opensAt), until: period.closesAt }
}

function rememberDate(calendar: TradingCalendar, zone: Zone, at: EpochMs): Remembered {
  const date = dayOfLocal(at + zone.offsetMs(at))
  if (!isDay(date)) return { period: null, from: at, until: at + 1 }
  const midnight = startOfDay(date)
  const [from, until] = [zone.instantOf(midnight), zone.instantOf(midnight + DAY_MS)]
  return { period: calendar.tradingDay(date), from, until }
}

function neverCloses(calendar: TradingCalendar, at: EpochMs): boolean {
  return calendar.isOpen(at) && calendar.nextOpen(at) === null
}

function periodAround(calendar: TradingCalendar, session: TradingSession): MarketPeriod {
  let { opensAt, closesAt } = session
  let first = session
  for (const before of calendar.sessionsBetween(opensAt - LONGEST_PERIOD_MS, opensAt).toReversed()) {
    if (before.opensAt >= opensAt) continue
    if (!isOnePeriod(before, first)) break
    first = before
    opensAt = before.opensAt
  }
  let last = session
  for (const next of calendar.sessionsFrom(closesAt)) {
    if (next.opensAt < closesAt) continue
    if (!isOnePeriod(last, next) || next.opensAt > opensAt + 2 * LONGEST_PERIOD_MS) break
    last = next
    closesAt = next.closesAt
  }
  return { opensAt, closesAt }
}

/** A break is not the close. */
function isOnePeriod(before: TradingSession, after: TradingSession): boolean {
  return before.day === after.day || before.closesAt === after.opensAt
}

/** A week of currencies, and a day of summer time. */
const LONGEST_PERIOD_MS = 8 * DAY_MS
const MOST_DAYS = 1_000
