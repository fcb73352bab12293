import { refuseOption } from '@pm/scheduler-core/store'

import type { CalendarDefinition, WeeklySession } from './calendar-definition.ts'
import { addDays, type CalendarDay, WEEKDAYS } from './days.ts'
import { type LocalSession, localSessionsOf, toLocal } from './local-sessions.ts'
import { DAY_MINUTES } from './minutes.ts'

/**
 * Throws `INVALID_OPTIONS` where two sessions overlap: in a week, from one week to the next, on a special day, or
 * around it. Every other day has the sessions of a week, or parts of them.
 */
export function refuseOverlaps(definition: CalendarDefinition): void {
  const { week, laterWeeks = [], specialDays = [] } = definition
  refuseInWeek(week, 'calendar.week')
  for (const [index, later] of laterWeeks.entries()) refuseInWeek(later.week, `calendar.laterWeeks[${index}].week`)
  for (const [index, { from }] of laterWeeks.entries())
    refuseAround(definition, { day: from, path: `calendar.laterWeeks[${index}].from` })
  for (const [index, { day }] of specialDays.entries())
    refuseAround(definition, { day, path: `calendar.specialDays[${index}].sessions` })
}

interface Placed extends LocalSession {
  readonly path: string
}

/** All sessions of a week one after the other, and the first one again, which follows the last. */
function refuseInWeek(week: readonly WeeklySession[], path: string): void {
  const placed = week.flatMap((session, index) =>
    session.days.map((day) => shift(toLocal(session), WEEKDAYS.indexOf(day), `${path}[${index}]`)),
  )
  const sorted = placed.toSorted((a, b) => a.opens - b.opens)
  const [first] = sorted
  refuseMeeting(first === undefined ? sorted : [...sorted, shift(first, WEEKDAYS.length, first.path)])
}

function refuseAround(definition: CalendarDefinition, { day, path }: { day: CalendarDay; path: string }): void {
  const sessions = [-1, 0, 1].flatMap((days) => {
    const near = addDays(day, days)
    return localSessionsOf(definition, Number(near.slice(0, 4)))(near).map((session) => shift(session, days, path))
  })
  refuseMeeting(sessions)
}

function refuseMeeting(sessions: readonly Placed[]): void {
  for (const [index, session] of sessions.entries()) {
    const before = sessions[index - 1]
    if (before === undefined || before.closes <= session.opens) continue
    const value = `${timeOf(before)} and ${timeOf(session)}`
    refuseOption({ path: session.path, value, expected: 'sessions that follow each other without an overlap' })
  }
}

function shift({ opens, closes }: LocalSession, days: number, path: string): Placed {
  return { opens: opens + days * DAY_MINUTES, closes: closes + days * DAY_MINUTES, path }
}

function timeOf({ opens, closes }: LocalSession): string {
  return `${clock(opens)}-${clock(closes)}`
}

function clock(minutes: number): string {
  const ofDay = ((minutes % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`
}
