import type { EpochMs } from '@pm/scheduler-core'
import type { CalendarDay } from '../calendar/days.ts'
import { LONGEST_CLOSURE_MS } from '../calendar/longest-closure.ts'
import type { TradingCalendar } from '../calendar/trading-calendar.ts'
import type { FreshnessRule, KnownHoursRule } from './freshness-rule.ts'
import { type PriceTime, tradedAt } from './traded-at.ts'

/**
 * The latest instant at which the `updates`th update after an instant is in time; `null` when no update is due any more,
 * or when the hours of the market are unknown.
 *
 * Closed hours do not count. The first update is due by the close at the latest, since a close counts only if it is the
 * last price of its session: after a price of two minutes before the close, the close is due when the grace after the
 * close is over, and the update after it with the next session.
 */
export function updateDueBy(from: EpochMs, updates: number, rule: FreshnessRule): EpochMs | null {
  if (!isKnown(rule)) return null
  const { calendar, every, graceMs } = rule
  if (every === 'trading-day') {
    const closesAt = closeOfTradingDay(calendar, from, updates)
    return closesAt === null ? null : closesAt + graceMs
  }
  const due = afterOpenTime(rule, from, updates * every + graceMs)
  return updates === 1 ? byTheClose(from, due, rule) : due
}

/**
 * The latest instant at which the next answer of a provider is in time, after one that came at `from`. Its prices have a
 * delay and its answers have none.
 */
export function answerDueBy(from: EpochMs, rule: KnownHoursRule): EpochMs | null {
  const { every, graceMs, delayMs, periods } = rule
  if (every !== 'trading-day') {
    const due = afterOpenTime(rule, from, every + Math.max(0, graceMs - delayMs))
    return byTheClose(from, due, rule)
  }
  const period = periods.endingAfter(from)
  return period === null ? null : period.closesAt + graceMs
}

/** An answer of a provider with a price: the time of the price, and when it came. */
export interface FeedArrival extends PriceTime {
  readonly fetchedAt: EpochMs
}

/**
 * By when the next answer with a price is due after one with this price; `null` when none is due any more, or when the
 * hours of the market are unknown. What attainment is measured by.
 *
 * Where prices are due at an interval, a provider that answers in time has done its part, be its price a new one or, in a
 * market that does not move, the same. Where one price a day is due, the answer with an earlier day's price is none.
 */
export function nextDueBy(arrival: FeedArrival, rule: FreshnessRule): EpochMs | null {
  if (!isKnown(rule)) return null
  const updateBy = updateDueBy(tradedAt(arrival, rule.periods), 1, rule)
  const answerBy = rule.every === 'trading-day' ? updateBy : answerDueBy(arrival.fetchedAt, rule)
  return updateBy === null || answerBy === null ? null : Math.max(updateBy, answerBy)
}

/** The close of a later trading day. With `days` 1, that of the trading day after the one to which the instant belongs. */
export function closeOfTradingDay(calendar: TradingCalendar, at: EpochMs, days: number): EpochMs | null {
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

export function isKnown(rule: FreshnessRule): rule is KnownHoursRule {
  return rule.calendar !== null
}

function byTheClose(from: EpochMs, due: EpochMs | null, { periods, graceMs }: KnownHoursRule): EpochMs | null {
  const period = periods.endingAfter(from)
  if (period === null || (due !== null && due <= period.closesAt)) return due
  return Math.min(period.closesAt + graceMs, due ?? Infinity)
}

/** The last instant up to which the market has been open for at most `openMs` since `from`. */
function afterOpenTime({ calendar, periods }: KnownHoursRule, from: EpochMs, openMs: number): EpochMs | null {
  // The present session, or the next one, is nearly always long enough.
  const begin = Math.max(from, periods.endingAfter(from)?.opensAt ?? from)
  const session = calendar.sessionAt(begin)
  if (session !== null && session.closesAt - begin > openMs) return begin + openMs
  let left = openMs
  for (const { opensAt, closesAt } of calendar.sessionsFrom(from)) {
    const start = Math.max(opensAt, from)
    if (closesAt - start > left) return start + left
    left -= closesAt - start
  }
  return null
}

/**
 * The trading day of the session that opened last, so that a price that is settled after the close belongs to that
 * session.
 */
function tradingDayOf(calendar: TradingCalendar, at: EpochMs): CalendarDay | null {
  return calendar.sessionsBetween(at - LONGEST_CLOSURE_MS, at + 1).at(-1)?.day ?? null
}
