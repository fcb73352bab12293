import type { EpochMs, ExclusionCalendar, Instant } from '@pm/scheduler-core'

import type { CalendarDay } from './days.ts'

/** One session of trading, `[opensAt, closesAt)`. */
export interface TradingSession {
  /** Its trading day. A session that runs overnight belongs to the day on which it ends. */
  readonly day: CalendarDay
  readonly opensAt: EpochMs
  readonly closesAt: EpochMs
}

/**
 * The trading hours of a market. It is also an exclusion calendar that excludes everything outside its sessions, so
 * that one definition decides when a job polls and whether a silent feed is stale: `defineJob({ exclude: [calendar]
 * })`.
 *
 * Pure: a question has the same answer at any time, on any machine with the same time zone data.
 */
export interface TradingCalendar extends ExclusionCalendar {
  /** An IANA zone. */
  readonly timezone: string
  /** Where its sessions and holidays come from, and the first year in which they hold. */
  readonly source: string
  isOpen(at: Instant): boolean
  /** The first instant after `at` at which the market opens; `null` for a market that never closes. */
  nextOpen(at: Instant): EpochMs | null
  /** The last instant up to `at` at which the market closed; `null` for a market that never closes. */
  previousClose(at: Instant): EpochMs | null
  /** The sessions that overlap `[from, to)`, oldest first. */
  sessionsBetween(from: Instant, to: Instant): readonly TradingSession[]
  /** The sessions that end after `at`, oldest first. The iteration ends only when a whole year has no session. */
  sessionsFrom(at: Instant): Iterable<TradingSession>
}
