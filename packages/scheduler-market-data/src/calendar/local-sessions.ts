import type { CalendarDefinition, DayOrRule, SessionHours, WeeklySession } from './calendar-definition.ts'
import { type CalendarDay, weekdayOf } from './days.ts'
import { dayByRule } from './holiday-rules.ts'
import { DAY_MINUTES, minutesOf } from './minutes.ts'

/** A session in minutes of local time after the midnight with which its trading day begins; `[opens, closes)`. */
export interface LocalSession {
  /** Negative for a session that opens on the evening before. */
  readonly opens: number
  readonly closes: number
}

/** The sessions of a trading day in local time, the first one first. */
export type SessionsOfDay = (day: CalendarDay) => readonly LocalSession[]

/**
 * The sessions of the days of one year. The rules are evaluated once, for that year and its neighbours, since a rule may
 * return a day of another year, such as New Year observed on 31 December. Throws `INVALID_OPTIONS` for one that returns no
 * day.
 */
export function localSessionsOf(definition: CalendarDefinition, year: number): SessionsOfDay {
  const { week, laterWeeks = [], holidays = [], earlyCloses = [], lateOpens = [], specialDays = [] } = definition
  const closed = new Set(daysNear(holidays, year, 'calendar.holidays'))
  const closesBy = timesOf(
    earlyCloses.map(({ closes, days }, index) => ({
      time: closes,
      days: daysNear(days, year, `calendar.earlyCloses[${index}].days`),
    })),
    Math.min,
  )
  const opensFrom = timesOf(
    lateOpens.map(({ opens, days }, index) => ({
      time: opens,
      days: daysNear(days, year, `calendar.lateOpens[${index}].days`),
    })),
    Math.max,
  )
  const special = new Map(specialDays.map(({ day, sessions }) => [day, sessions.map(toLocal)] as const))
  const weeks = laterWeeks.map(({ from, week: later }) => ({ from, sessions: toWeek(later) })).reverse()
  const first = toWeek(week)

  return (day) => {
    const own = special.get(day)
    if (own !== undefined) return own
    if (closed.has(day)) return []
    const sessions = (weeks.find(({ from }) => from <= day)?.sessions ?? first).get(weekdayOf(day)) ?? []
    const earliest = opensFrom.get(day) ?? -Infinity
    const latest = closesBy.get(day) ?? Infinity
    if (earliest === -Infinity && latest === Infinity) return sessions
    return sessions
      .map(({ opens, closes }) => ({ opens: Math.max(opens, earliest), closes: Math.min(closes, latest) }))
      .filter(({ opens, closes }) => opens < closes)
  }
}

/** The session as the definition has it, which is checked. */
export function toLocal({ opens, closes, opensTheDayBefore = false }: SessionHours): LocalSession {
  const from = minutesOf(opens) ?? 0
  return { opens: opensTheDayBefore ? from - DAY_MINUTES : from, closes: minutesOf(closes) ?? 0 }
}

function toWeek(week: readonly WeeklySession[]): ReadonlyMap<string, readonly LocalSession[]> {
  const days = new Map<string, LocalSession[]>()
  for (const session of week)
    for (const day of session.days) days.set(day, [...(days.get(day) ?? []), toLocal(session)].sort(byOpening))
  return days
}

function byOpening(a: LocalSession, b: LocalSession): number {
  return a.opens - b.opens
}

function daysNear(days: readonly DayOrRule[], year: number, path: string): readonly CalendarDay[] {
  return days
    .flatMap((rule, index) =>
      typeof rule === 'string' ? [rule] : [-1, 0, 1].map((other) => dayByRule(rule, year + other, `${path}[${index}]`)),
    )
    .filter((day) => day !== null)
}

/** Where two lists name a day, the shorter day holds: `shorter` picks of two times. */
function timesOf(
  lists: readonly { readonly time: string; readonly days: readonly CalendarDay[] }[],
  shorter: (a: number, b: number) => number,
): ReadonlyMap<CalendarDay, number> {
  const times = new Map<CalendarDay, number>()
  for (const { time, days } of lists)
    for (const day of days) {
      const minutes = minutesOf(time) ?? 0
      times.set(day, shorter(times.get(day) ?? minutes, minutes))
    }
  return times
}
