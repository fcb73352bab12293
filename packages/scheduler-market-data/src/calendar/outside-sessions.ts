import type { EpochMs, ExclusionCalendar } from '@pm/scheduler-core'

import { wholeNumber } from '../options/check-option.ts'
import type { TradingCalendar } from './trading-calendar.ts'

export interface OutsideSessionsOptions {
  /** Keeps due times up to this long before an opening (default 0). */
  readonly beforeOpenMs?: number
  /**
   * Keeps due times up to this long after a close, such as the poll for the closing price (default 0: at the close
   * itself).
   */
  readonly afterCloseMs?: number
}

/**
 * An exclusion calendar for a job's `exclude`: it excludes due times outside the sessions of a market and their
 * margins. With a margin of 15 minutes after the close, a poll at 16:15 gets a price of 16:00 that its provider delays
 * by 15 minutes. Throws `INVALID_OPTIONS` for invalid margins.
 */
export function outsideSessions(calendar: TradingCalendar, options: OutsideSessionsOptions = {}): ExclusionCalendar {
  const { beforeOpenMs = 0, afterCloseMs = 0 } = options
  wholeNumber({ path: 'beforeOpenMs', value: beforeOpenMs, from: 0 })
  wholeNumber({ path: 'afterCloseMs', value: afterCloseMs, from: 0 })
  const excludedUntil = (dueAt: EpochMs) => (calendar.nextOpen(dueAt) ?? dueAt + beforeOpenMs) - beforeOpenMs
  return Object.freeze({
    name: calendar.name,
    excludes(dueAt: EpochMs) {
      if (calendar.isOpen(dueAt) || excludedUntil(dueAt) <= dueAt) return false
      // Of the last session, so that a poll also gets the last price before a break.
      const last = calendar.lastSession(dueAt)
      return last === null || dueAt > last.closesAt + afterCloseMs
    },
    excludedUntil,
  })
}
