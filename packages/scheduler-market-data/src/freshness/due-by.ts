import type { EpochMs } from '@pm/scheduler-core'

import type { CalendarDay } from '../calendar/days.ts'
import { LONGEST_CLOSURE_MS } from '../calendar/longest-closure.ts'
import type { TradingCalendar } from '../calendar/trading-calendar.ts'
import type { FreshnessRule } from './freshness-rule.ts'

/**
 * Until when the `updates`th update after an instant may still come; `null` when none is due any more. While the market
 * is closed nothing is due: a price of two minutes before the close that is expected every 15 is due 13 minutes after
 * the next opening.
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

/** The last instant up to which the market has not been open for longer than this. */
function afterOpenTime(calendar: TradingCalendar, from: EpochMs, openMs: number): EpochMs | null {
  let left = openMs
  for (const { opensAt, closesAt } of calendar.sessionsFrom(from)) {
    const start = Math.max(opensAt, from)
    if (closesAt - start > left) return start + left
    left -= closesAt - start
  }
  return null
}

/** The close of a later trading day: with `days` 1 of the one after that to which the instant belongs. */
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

/** Of the session that opened last, so that a price that is settled after the close belongs to the day before it. */
function tradingDayOf(calendar: TradingCalendar, at: EpochMs): CalendarDay | null {
  return calendar.sessionsBetween(at - LONGEST_CLOSURE_MS, at + 1).at(-1)?.day ?? null
}
