import type { CalendarDay, Weekday } from './days.ts'
import type { HolidayRule } from './holiday-rules.ts'

/**
 * The trading hours of a market as data. A day has the sessions of the week that holds then, unless it is a holiday;
 * late opens and early closes cut them. The sessions of a special day replace all of that.
 */
export interface CalendarDefinition {
  /** The name, such as the exchange's ISO 10383 code, `XNYS`. */
  readonly name: string
  /** The IANA time zone of all times and days in this definition. */
  readonly timezone: string
  /** Where the hours and the days come from. */
  readonly source: string
  /** The day on which somebody last compared the definition with its source, or with a table that was made of it. */
  readonly checked?: CalendarDay
  /** The first and the last day for which the definition holds. Outside, only the week and the rules speak: a guess. */
  readonly knows: KnownDays
  /** The sessions of a regular week. */
  readonly week: readonly WeeklySession[]
  /** Later weeks, oldest first: from that trading day, its sessions are those of the regular week. */
  readonly laterWeeks?: readonly LaterWeek[]
  /** Trading days without a session. */
  readonly holidays?: readonly DayOrRule[]
  /** Trading days that end early. */
  readonly earlyCloses?: readonly EarlyClose[]
  /** Trading days that begin late. */
  readonly lateOpens?: readonly LateOpen[]
  /** Days whose sessions differ in another way, or that have some on a weekend or on a holiday. */
  readonly specialDays?: readonly SpecialDay[]
  /** Days within `knows` whose hours are not known, such as a session that is announced without its hours. */
  readonly unknownDays?: readonly CalendarDay[]
}

export type DayOrRule = CalendarDay | HolidayRule

/** Both days included. */
export interface KnownDays {
  readonly from: CalendarDay
  readonly to: CalendarDay
}

export interface SessionHours {
  /** `HH:MM`. */
  readonly opens: string
  /** `HH:MM`; `24:00` is the end of the day. */
  readonly closes: string
  /** Whether the session opens on the evening before its trading day (default false). */
  readonly opensTheDayBefore?: boolean
}

export interface WeeklySession extends SessionHours {
  /** The weekdays that have this session. */
  readonly days: readonly Weekday[]
}

export interface LaterWeek {
  /** The first trading day of this week. */
  readonly from: CalendarDay
  readonly week: readonly WeeklySession[]
}

export interface EarlyClose {
  /** `HH:MM`. A session that opens at this time or later does not take place. */
  readonly closes: string
  readonly days: readonly DayOrRule[]
}

export interface LateOpen {
  /** `HH:MM`. A session that closes at this time or before does not take place. */
  readonly opens: string
  readonly days: readonly DayOrRule[]
}

export interface SpecialDay {
  readonly day: CalendarDay
  /** All sessions of the day, in their order. */
  readonly sessions: readonly SessionHours[]
}
