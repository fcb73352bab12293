import type { HealthReasons, Instant } from '@pm/scheduler-core'
import { toEpochMs } from '@pm/scheduler-core/store'

import { wholeNumber } from '../options/check-option.ts'
import { type CalendarDay, DAY_MS } from './days.ts'
import type { TradingCalendar } from './trading-calendar.ts'

export interface CalendarRunningOut {
  /** The name of the calendar. */
  readonly calendar: string
  /** The last day that it knows. */
  readonly knownTo: CalendarDay
  /** Whole days until the end of that day, in the calendar's own time zone; 0 when it is over. */
  readonly daysLeft: number
}

export interface RunningOutOptions {
  /** How many days before its end a calendar counts as running out (default 90). */
  readonly days?: number
}

/**
 * The calendars that know no more than the next days, the one that ends first in front; each once, by its name. Pure.
 * Throws `INVALID_OPTIONS` for an invalid number of days.
 */
export function calendarsRunningOut(
  calendars: Iterable<TradingCalendar>,
  asOf: Instant,
  options: RunningOutOptions = {},
): readonly CalendarRunningOut[] {
  const { days = 90 } = options
  wholeNumber({ path: 'days', value: days, from: 0, to: 36_500 })
  const now = toEpochMs(asOf, 'asOf')
  return [...new Map([...calendars].map((calendar) => [calendar.name, calendar] as const)).values()]
    .map(({ name, knows, knownUntil }) => ({
      calendar: name,
      knownTo: knows.to,
      daysLeft: Math.max(0, Math.floor((knownUntil - now) / DAY_MS)),
    }))
    .filter(({ daysLeft }) => daysLeft < days)
    .sort((a, b) => a.knownTo.localeCompare(b.knownTo) || a.calendar.localeCompare(b.calendar))
}

/** The reason in the health of a scheduler while it has a calendar that runs out. */
export const CALENDAR_RUNS_OUT = 'CALENDAR_RUNS_OUT'

/**
 * Warns in a scheduler's health of calendars that run out: `createScheduler({ healthReasons: calendarHealth(calendars)
 * })`. `calendarsRunningOut` names them.
 */
export function calendarHealth(calendars: Iterable<TradingCalendar>, options: RunningOutOptions = {}): HealthReasons {
  const watched = [...calendars]
  // Refuses invalid options at once, not at the first snapshot.
  calendarsRunningOut([], 0, options)
  return (asOf) => (calendarsRunningOut(watched, asOf, options).length > 0 ? [CALENDAR_RUNS_OUT] : [])
}
