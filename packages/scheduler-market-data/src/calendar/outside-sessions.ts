import type { EpochMs, ExclusionCalendar } from '@pm/scheduler-core'

import { wholeNumber } from '../options/check-option.ts'
import type { TradingCalendar } from './trading-calendar.ts'

export interface OutsideSessionsOptions {
  /** Leaves in what is due this long before an opening (default 0). */
  readonly beforeOpenMs?: number
  /** Leaves in what is due up to this long after a close, such as the poll for the closing price (default 0: at the close itself). */
  readonly afterCloseMs?: number
}

/**
 * A market's closed hours for a job's `exclude`, without some time around each session: a price of 16:00 that a
 * provider delays by 15 minutes is there for a poll at 16:15. Throws `INVALID_OPTIONS` for times that are no time.
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
      const closedAt = calendar.previousClose(dueAt)
      return closedAt === null || dueAt > closedAt + afterCloseMs
    },
    excludedUntil,
  })
}
