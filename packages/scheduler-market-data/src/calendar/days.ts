/** A local date, `YYYY-MM-DD`, in the time zone of its context. Sorts as text. */
export type CalendarDay = string

/** In the order of `Date.getDay`. */
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
export const WORKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Months count from 1. A date after the end of its month falls into the next month. */
export function dayOf(year: number, month: number, date: number): CalendarDay {
  return fromUtc(Date.UTC(year, month - 1, date))
}

/** Whether a text names a day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = startOfDay(text)
  // `Date.parse` reads 30 February as 2 March.
  return !Number.isNaN(at) && fromUtc(at) === text
}

export function addDays(day: CalendarDay, days: number): CalendarDay {
  return fromUtc(startOfDay(day) + days * DAY_MS)
}

export function weekdayOf(day: CalendarDay): Weekday {
  return WEEKDAYS[new Date(startOfDay(day)).getUTCDay()] ?? 'sun'
}

/**
 * Dates by their year, as exchanges publish them: `datesByYear({ 2026: '01-01 12-25' })` is `['2026-01-01',
 * '2026-12-25']`.
 */
export function datesByYear(years: Readonly<Record<number, string>>): readonly CalendarDay[] {
  return Object.entries(years).flatMap(([year, dates]) => dates.split(' ').map((date) => `${year}-${date}`))
}

/** Midnight of the local date, in milliseconds as if the local time were UTC. */
export function startOfDay(day: CalendarDay): number {
  return Date.parse(`${day}T00:00:00Z`)
}

/** The local date of a local time, which is given in milliseconds as if it were UTC. */
export function dayOfLocal(localMs: number): CalendarDay {
  return fromUtc(localMs)
}

export const DAY_MS = 86_400_000

function fromUtc(at: number): CalendarDay {
  return new Date(at).toISOString().slice(0, 10)
}
