import { refuseOption } from '@pm/scheduler-core/store'
import { type CalendarDay, isDay, WEEKDAYS, type Weekday } from './days.ts'
import type { HolidayRule } from './holiday-rules.ts'

/** The trading hours of a market as data. */
export interface CalendarDefinition {
  /** The name, such as the exchange's ISO 10383 code, `XNYS`. */
  readonly name: string
  /** The IANA time zone of all times and days in this definition. */
  readonly timezone: string
  /** Where the rules come from, and the first year in which they hold. */
  readonly source: string
  /** The sessions of a regular week. */
  readonly week: readonly WeeklySession[]
  /** Trading days without a session. */
  readonly holidays?: readonly (CalendarDay | HolidayRule)[]
  /** Trading days that end early. */
  readonly earlyCloses?: readonly EarlyClose[]
}

export interface WeeklySession {
  /** The weekdays that have this session. */
  readonly days: readonly Weekday[]
  /** `HH:MM`. */
  readonly opens: string
  /** `HH:MM`; `24:00` is the end of the day. */
  readonly closes: string
  /** Whether the session opens on the evening before its trading day (default false). */
  readonly opensTheDayBefore?: boolean
}

export interface EarlyClose {
  /** `HH:MM`. A session that opens at this time or later does not take place. */
  readonly closes: string
  readonly days: readonly (CalendarDay | HolidayRule)[]
}

/** Throws `INVALID_OPTIONS` with the path of the wrong part. */
export function checkDefinition(definition: CalendarDefinition): void {
  const { name, source, week, holidays = [], earlyCloses = [] } = definition
  if (!/^\S.{0,62}\S$/.test(name))
    refuseOption({ path: 'calendar.name', value: name, expected: 'a name of 2 to 64 characters' })
  if (source === '') refuseOption({ path: 'calendar.source', value: source, expected: 'where its hours come from' })
  if (week.length === 0) refuseOption({ path: 'calendar.week', value: week, expected: 'at least one session' })
  for (const [index, session] of week.entries()) checkSession(session, `week[${index}]`)
  checkDays(holidays, 'holidays')
  for (const [index, { closes, days }] of earlyCloses.entries()) {
    minutesOf(closes, `earlyCloses[${index}].closes`)
    checkDays(days, `earlyCloses[${index}].days`)
  }
}

/** Minutes since midnight of `HH:MM`. */
export function minutesOf(time: string, path: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? (time === '24:00' ? ['', '24', '0'] : [])
  if (hours === undefined)
    return refuseOption({ path: `calendar.${path}`, value: time, expected: 'a time of day such as 09:30' })
  return Number(hours) * 60 + Number(minutes)
}

function checkSession(session: WeeklySession, path: string): void {
  const { days, opens, closes, opensTheDayBefore = false } = session
  const wrong = days.find((day) => !WEEKDAYS.includes(day))
  if (wrong !== undefined)
    refuseOption({ path: `calendar.${path}.days`, value: wrong, expected: `days out of ${WEEKDAYS.join(', ')}` })
  const from = minutesOf(opens, `${path}.opens`)
  const to = minutesOf(closes, `${path}.closes`)
  if (!opensTheDayBefore && to <= from)
    refuseOption({ path: `calendar.${path}.closes`, value: closes, expected: `a time after ${opens}` })
  if (opensTheDayBefore && to > from)
    refuseOption({ path: `calendar.${path}.closes`, value: closes, expected: `${opens} of the next day at the latest` })
}

function checkDays(days: readonly (CalendarDay | HolidayRule)[], path: string): void {
  for (const [index, day] of days.entries()) {
    if (typeof day === 'string' && !isDay(day))
      refuseOption({
        path: `calendar.${path}[${index}]`,
        value: day,
        expected: 'a date that exists, such as 2026-12-25',
      })
  }
}
