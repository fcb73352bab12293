import { readFileSync } from 'node:fs'

/**
 * What others publish of an exchange: dates and hours, in its local time. The hours of a day are written `09:00-11:30
 * 12:30-15:30`; `<17:00-16:00` opens on the evening before; an empty text is a day without trading.
 */
export interface PublishedTable {
  readonly calendar: string
  /** The project or the page, with the commit or the day of its state. */
  readonly sources: readonly string[]
  /** The day on which the table was taken. */
  readonly taken: string
  readonly years: Readonly<Record<string, PublishedYear>>
  /** Where the exchange itself says otherwise than the table. */
  readonly corrections: readonly Correction[]
}

export interface PublishedYear {
  /** The hours of each weekday that has some: `{ "mon tue wed thu fri": "09:00-17:30" }`. */
  readonly week: Readonly<Record<string, string>>
  /** The days of that week without trading: `01-01 12-25`. */
  readonly closed: string
  /** The days with other hours. */
  readonly other: Readonly<Record<string, string>>
}

/** One day, or every day that has certain hours in the table. */
export type Correction = { readonly hours: string; readonly source: string } & (
  | { readonly day: string }
  | { readonly instead: string }
)

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

export function readTable(calendar: string): PublishedTable {
  const file = new URL(`tables/${fileOf(calendar)}`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8'))
}

export function fileOf(calendar: string): string {
  return `${calendar.toLowerCase()}.json`
}

/** The hours of every day of every year of the table, corrected. */
export function hoursOf({ years, corrections }: PublishedTable): ReadonlyMap<string, string> {
  const hours = new Map<string, string>()
  for (const [year, { week, closed, other }] of Object.entries(years)) {
    const byWeekday = new Map(Object.entries(week).flatMap(([days, text]) => days.split(' ').map((day) => [day, text])))
    const off = new Set(closed.split(' '))
    for (let at = Date.UTC(Number(year), 0, 1); new Date(at).getUTCFullYear() === Number(year); at += 86_400_000) {
      const date = new Date(at).toISOString().slice(5, 10)
      const regular = off.has(date) ? '' : (byWeekday.get(WEEKDAYS[new Date(at).getUTCDay()] ?? '') ?? '')
      hours.set(`${year}-${date}`, other[date] ?? regular)
    }
  }
  return corrected(hours, corrections)
}

export function corrected(
  hours: ReadonlyMap<string, string>,
  corrections: readonly Correction[],
): ReadonlyMap<string, string> {
  const result = new Map(hours)
  for (const correction of corrections) {
    if ('day' in correction) result.set(correction.day, correction.hours)
    else
      for (const [day, text] of hours)
        if (text === correction.instead && result.get(day) === text) result.set(day, correction.hours)
  }
  return result
}
