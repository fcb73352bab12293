/** A day of some calendar on a wall, `YYYY-MM-DD`, in whatever zone the context says. Sorts as text. */
export type CalendarDay = string

/** In the order in which `Date` counts them. */
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
export const WORKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Months count from 1; a date beyond its month runs on into the next. */
export function dayOf(year: number, month: number, date: number): CalendarDay {
  return fromUtc(Date.UTC(year, month - 1, date))
}

/** Whether a text names a day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = startOfDay(text)
  // `Date.parse` takes 30 February for 2 March.
  return !Number.isNaN(at) && fromUtc(at) === text
}

export function addDays(day: CalendarDay, days: number): CalendarDay {
  return fromUtc(startOfDay(day) + days * DAY_MS)
}

export function weekdayOf(day: CalendarDay): Weekday {
  return WEEKDAYS[new Date(startOfDay(day)).getUTCDay()] ?? 'sun'
}

/** Midnight as it stands on the wall, in milliseconds as if that were UTC. */
export function startOfDay(day: CalendarDay): number {
  return Date.parse(`${day}T00:00:00Z`)
}

export const DAY_MS = 86_400_000

function fromUtc(at: number): CalendarDay {
  return new Date(at).toISOString().slice(0, 10)
}
