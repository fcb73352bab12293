import type { EpochMs } from '@pm/scheduler-core'

import { LONGEST_CLOSURE_MS } from '../calendar/longest-closure.ts'
import type { TradingCalendar, TradingSession } from '../calendar/trading-calendar.ts'
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
 * has the close before. Of an exchange without known hours it is the beginning of the day. `null` when `day` is no date.
 *
 * A session counts as running until 20 minutes after its close, since providers are up to that far behind.
 */
export function closingTimeOf(day: string, stamp: StampHours, now: EpochMs): EpochMs | null {
  const { calendar, timeZone, hours } = stamp
  const at = (time: string) => localInstant({ day, time, timeZone })
  const begins = DAY.test(day) ? at('00:00') : null
  if (begins === null || begins > now) return begins
  const { opensAt = begins, closesAt = null } =
    calendar === null
      ? { opensAt: hours && at(hours.opens), closesAt: hours && at(hours.closes) }
      : sessionOf(day, calendar, begins)
  return (closesAt !== null && closesAt + SETTLING_MS <= now ? closesAt : opensAt) ?? begins
}

/** From the first opening of a day to its last close, with the breaks; of a day without a session, that of the day before. */
function sessionOf(day: string, calendar: TradingCalendar, begins: EpochMs): Partial<TradingSession> {
  const sessions = calendar.sessionsBetween(begins - LONGEST_CLOSURE_MS, begins + 2 * DAY_MS)
  const latest = sessions.findLast((session) => session.day <= day)
  const first = sessions.find((session) => session.day === latest?.day)
  return { ...latest, ...(first && { opensAt: first.opensAt }) }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const DAY_MS = 86_400_000
const SETTLING_MS = 20 * 60_000
