import type { EpochMs, ExclusionCalendar } from '@pm/scheduler-core'

import type { CalendarDay } from './days.ts'

/** One session of trading, `[opensAt, closesAt)`. */
export interface TradingSession {
  /** The trading day that it belongs to. One that runs through the night belongs to the day on which it ends. */
  readonly day: CalendarDay
  readonly opensAt: EpochMs
  readonly closesAt: EpochMs
}

/**
 * When a market trades. It is an exclusion calendar too, which excludes what is not within a session, so that one
 * definition decides when a job polls and whether a silent feed is stale: `defineJob({ exclude: [calendar] })`.
 *
 * Pure: the same question has the same answer at any time, on any machine with the same time zone data.
 */
export interface TradingCalendar extends ExclusionCalendar {
  /** An IANA zone. */
  readonly timezone: string
  /** Where its sessions and holidays come from, and from which year on they hold. */
  readonly source: string
  isOpen(at: EpochMs): boolean
  /** The first instant after `at` at which the market opens; `null` for one that never closes. */
  nextOpen(at: EpochMs): EpochMs | null
  /** The last instant up to `at` at which the market closed; `null` for one that never closes. */
  previousClose(at: EpochMs): EpochMs | null
  /** The sessions that have a part of `[from, to)`, oldest first. */
  sessionsBetween(from: EpochMs, to: EpochMs): readonly TradingSession[]
  /** The sessions that end after `at`, oldest first, without an end unless a year goes by without one. */
  sessionsFrom(at: EpochMs): Iterable<TradingSession>
}
