import type { EpochMs } from '@pm/scheduler-core'

import type { CalendarDay } from '../calendar/days.ts'
import { LONGEST_CLOSURE_MS } from '../calendar/longest-closure.ts'
import type { TradingCalendar } from '../calendar/trading-calendar.ts'
import type { FreshnessRule } from './freshness-rule.ts'

/**
 * The latest instant at which the `updates`th update after an instant is in time; `null` when no update is due any
 * more. Closed hours do not count: after a price of two minutes before the close, an update that is expected every 15
 * minutes is due 13 minutes after the next opening.
 */
export function updateDueBy(
  from: EpochMs,
  updates: number,
  { calendar, every, graceMs }: FreshnessRule,
): EpochMs | null {
  if (every !== 'trading-day') return afterOpenTime(calendar, from, updates * every + graceMs)
  const closesAt = closeOfTradingDay(calendar, from, updates)
  return closesAt === null ? null : closesAt + graceMs
}

/** The last instant up to which the market has been open for at most `openMs` since `from`. */
function afterOpenTime(calendar: TradingCalendar, from: EpochMs, openMs: number): EpochMs | null {
  let left = openMs
  for (const { opensAt, closesAt } of calendar.sessionsFrom(from)) {
    const start = Math.max(opensAt, from)
    if (closesAt - start > left) return start + left
    left -= closesAt - start
  }
  return null
}

/**
 * The close of a later trading day. With `days` 1, that of the trading day after the one to which the instant belongs.
 */
function closeOfTradingDay(calendar: TradingCalendar, at: EpochMs, days: number): EpochMs | null {
  const today = tradingDayOf(calendar, at)
  let day: CalendarDay | null = null
  let passed = 0
  let closesAt: EpochMs | null = null
  for (const session of calendar.sessionsFrom(at)) {
    if (today !== null && session.day <= today) continue
    if (session.day !== day) {
      if (passed === days) return closesAt
      day = session.day
      passed++
    }
    closesAt = session.closesAt
  }
  return passed === days ? closesAt : null
}

/**
 * The trading day of the session that opened last, so that a price that is settled after the close belongs to that
 * session.
 */
function tradingDayOf(calendar: TradingCalendar, at: EpochMs): CalendarDay | null {
  return calendar.sessionsBetween(at - LONGEST_CLOSURE_MS, at + 1).at(-1)?.day ?? null
}
