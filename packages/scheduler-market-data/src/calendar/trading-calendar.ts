import type { EpochMs, ExclusionCalendar, Instant } from '@pm/scheduler-core'

import type { KnownDays } from './calendar-definition.ts'
import type { CalendarDay } from './days.ts'

/** One session of trading, `[opensAt, closesAt)`. */
export interface TradingSession {
  /** Its trading day. A session that runs overnight belongs to the day on which it ends. */
  readonly day: CalendarDay
  readonly opensAt: EpochMs
  readonly closesAt: EpochMs
}

/** The sessions of one trading day; between two of them is a break, such as lunch. */
export interface TradingDay {
  readonly day: CalendarDay
  /** The opening of its first session. */
  readonly opensAt: EpochMs
  /** The close of its last session. */
  readonly closesAt: EpochMs
  /** At least one, oldest first. */
  readonly sessions: readonly TradingSession[]
}

/** `open`: in a session. `break`: between two sessions of one trading day. `closed`: neither. */
export type TradingPhase = 'open' | 'break' | 'closed'

/**
 * The trading hours of a market. It is also an exclusion calendar that excludes everything outside its sessions, so
 * that one definition decides when a job polls and whether a silent feed is stale: `defineJob({ exclude: [calendar]
 * })`.
 *
 * Pure: a question has the same answer at any time, on any machine with the same time zone data. Outside the days that
 * it `knows`, the answers are what the regular week and the rules say: a guess, which `knowsAt` tells.
 */
export interface TradingCalendar extends ExclusionCalendar {
  /** An IANA zone. */
  readonly timezone: string
  /** Where its sessions and holidays come from. */
  readonly source: string
  /** The day on which somebody last compared it with its source or with a table; `null` when it does not say. */
  readonly checked: CalendarDay | null
  /** The first and the last day for which the calendar holds. */
  readonly knows: KnownDays
  /** When the last day that it knows ends. */
  readonly knownUntil: EpochMs
  /** Whether the calendar holds on the local date of an instant. */
  knowsAt(at: Instant): boolean
  isOpen(at: Instant): boolean
  phaseAt(at: Instant): TradingPhase
  /** The session that is under way; `null` outside the sessions. */
  sessionAt(at: Instant): TradingSession | null
  /** The last session that ended up to `at`, also one that a break follows; `null` when there was none. */
  lastSession(at: Instant): TradingSession | null
  /** Whether the local date has a session. */
  isTradingDay(day: CalendarDay): boolean
  /** The sessions of a trading day; `null` for a day that has none. */
  tradingDay(day: CalendarDay): TradingDay | null
  /** The trading day that has opened and not closed yet, breaks included; `null` between two trading days. */
  tradingDayAt(at: Instant): TradingDay | null
  /** The last trading day that closed up to `at`; `null` when there was none. */
  lastTradingDay(at: Instant): TradingDay | null
  /**
   * The first instant after `at` at which trading begins, also after a break; `null` for a market that never closes.
   */
  nextOpen(at: Instant): EpochMs | null
  /**
   * The last instant up to `at` at which a trading day ended and trading stopped. A break is no close: `lastSession`
   * tells when it began. `null` for a market that never closes.
   */
  previousClose(at: Instant): EpochMs | null
  /** The sessions that overlap `[from, to)`, oldest first. */
  sessionsBetween(from: Instant, to: Instant): readonly TradingSession[]
  /** The sessions that end after `at`, oldest first. The iteration ends only when a whole year has no session. */
  sessionsFrom(at: Instant): Iterable<TradingSession>
}
