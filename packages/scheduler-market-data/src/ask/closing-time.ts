import type { EpochMs } from '@pm/scheduler-core'

import type { TradingCalendar } from '../calendar/trading-calendar.ts'
import { localInstant } from '../time/local-instant.ts'

/** The trading hours by which a price that has a day alone is stamped. */
export interface StampHours {
  /** `null` when there is no calendar of the exchange. */
  readonly calendar: TradingCalendar | null
  /** The zone in which the provider names the day. */
  readonly timeZone: string
  /** The hours of every session of an exchange without half days, in that zone (default none). */
  readonly hours?: { readonly opens: string; readonly closes: string }
}

/**
 * The event time for a price of which only the trading day is known: the close of that day, on a half day the early one,
 * or, while the session still runs, its opening, so that a price never looks younger than it is. A day without a session
 * has the close before. Of an exchange without known hours, and outside the days that its calendar knows, it is the
 * beginning of the day. `null` when `day` is no date.
 *
 * A session counts as running until 20 minutes after its close, since providers are up to that far behind.
 */
export function closingTimeOf(day: string, stamp: StampHours, now: EpochMs): EpochMs | null {
  const { calendar, timeZone, hours } = stamp
  const at = (time: string) => localInstant({ day, time, timeZone })
  const begins = DAY.test(day) ? at('00:00') : null
  if (begins === null || begins > now) return begins
  const { opensAt, closesAt } = calendar === null ? nominal(hours, at) : tradingDayOf(day, calendar, begins)
  return (closesAt !== null && closesAt + SETTLING_MS <= now ? closesAt : opensAt) ?? begins
}

interface Span {
  readonly opensAt: EpochMs | null
  readonly closesAt: EpochMs | null
}

const UNKNOWN: Span = { opensAt: null, closesAt: null }

function nominal(hours: StampHours['hours'], at: (time: string) => EpochMs | null): Span {
  return hours === undefined ? UNKNOWN : { opensAt: at(hours.opens), closesAt: at(hours.closes) }
}

/** The trading day with its breaks, or the one before when the day has no session. */
function tradingDayOf(day: string, calendar: TradingCalendar, begins: EpochMs): Span {
  const { from, to } = calendar.knows
  if (day < from || day > to) return UNKNOWN
  return calendar.tradingDay(day) ?? calendar.lastTradingDay(begins) ?? UNKNOWN
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const SETTLING_MS = 20 * 60_000
