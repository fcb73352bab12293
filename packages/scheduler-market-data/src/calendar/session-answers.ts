import type { EpochMs } from '@pm/scheduler-core'

import { type CalendarDay, DAY_MS } from './days.ts'
import type { SessionTable } from './session-table.ts'
import type { TradingDay, TradingPhase, TradingSession } from './trading-calendar.ts'

/** What a calendar can be asked about an instant or a day; see `TradingCalendar`. */
export interface SessionAnswers {
  sessionUnderWay(at: EpochMs): TradingSession | null
  lastSession(at: EpochMs): TradingSession | null
  phaseAt(at: EpochMs): TradingPhase
  nextOpen(at: EpochMs): EpochMs | null
  previousClose(at: EpochMs): EpochMs | null
  tradingDay(day: CalendarDay): TradingDay | null
  tradingDayUnderWay(at: EpochMs): TradingDay | null
  lastTradingDay(at: EpochMs): TradingDay | null
}

export function createSessionAnswers(sessions: SessionTable): SessionAnswers {
  function sessionUnderWay(at: EpochMs): TradingSession | null {
    const session = sessions.firstEndingAfter(at)
    return session !== undefined && session.opensAt <= at ? session : null
  }

  function lastSession(at: EpochMs): TradingSession | null {
    for (const session of sessions.backFrom(at)) if (session.closesAt <= at) return session
    return null
  }

  function nextOpen(at: EpochMs): EpochMs | null {
    let closedAt: EpochMs | null = null
    for (const { opensAt, closesAt } of sessions.from(at)) {
      if (opensAt > at && opensAt !== closedAt) return opensAt
      if (opensAt > at + ENDLESS_MS) return null
      closedAt = closesAt
    }
    return null
  }

  function previousClose(at: EpochMs): EpochMs | null {
    let later = sessions.firstEndingAfter(at)
    for (const session of sessions.backFrom(at)) {
      const { day, closesAt } = session
      if (closesAt <= at && closesAt !== later?.opensAt && day !== later?.day) return closesAt
      if (closesAt < at - ENDLESS_MS) return null
      later = session
    }
    return null
  }

  function tradingDay(day: CalendarDay): TradingDay | null {
    const own = sessions.ofDay(day)
    const [first, last] = [own[0], own.at(-1)]
    if (first === undefined || last === undefined) return null
    return Object.freeze({ day, opensAt: first.opensAt, closesAt: last.closesAt, sessions: Object.freeze(own) })
  }

  function tradingDayUnderWay(at: EpochMs): TradingDay | null {
    const session = sessions.firstEndingAfter(at)
    const day = session === undefined ? null : tradingDay(session.day)
    return day !== null && day.opensAt <= at ? day : null
  }

  function lastTradingDay(at: EpochMs): TradingDay | null {
    const underWay = sessions.firstEndingAfter(at)?.day
    for (const { day, closesAt } of sessions.backFrom(at))
      if (closesAt <= at && day !== underWay) return tradingDay(day)
    return null
  }

  return {
    sessionUnderWay,
    lastSession,
    phaseAt(at) {
      if (sessionUnderWay(at) !== null) return 'open'
      return tradingDayUnderWay(at) === null ? 'closed' : 'break'
    },
    nextOpen,
    previousClose,
    tradingDay,
    tradingDayUnderWay,
    lastTradingDay,
  }
}

/** A market without a gap for this long counts as never closing. */
const ENDLESS_MS = 400 * DAY_MS
