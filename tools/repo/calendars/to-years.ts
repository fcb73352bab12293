import type { PublishedYear } from '../../../packages/scheduler-market-data/test/calendars/published-table.ts'

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** The hours of days as a person reads them: the week of each year, and the days that differ from it. */
export function toYears(hours: ReadonlyMap<string, string>): Readonly<Record<string, PublishedYear>> {
  const years = new Set([...hours.keys()].map((day) => day.slice(0, 4)))
  return Object.fromEntries(
    [...years].map((year) => [year, toYear([...hours].filter(([day]) => day.startsWith(year)))] as const),
  )
}

function toYear(days: readonly (readonly [string, string])[]): PublishedYear {
  const usual = new Map(
    WEEKDAYS.map((weekday) => [weekday, mostUsual(days.filter(([day]) => weekdayOf(day) === weekday))]),
  )
  const week: Record<string, string> = {}
  for (const text of new Set(usual.values()))
    if (text !== '') week[WEEKDAYS.filter((weekday) => usual.get(weekday) === text).join(' ')] = text
  const unusual = days.filter(([day, text]) => usual.get(weekdayOf(day)) !== text)
  return {
    week,
    closed: unusual
      .filter(([, text]) => text === '')
      .map(([day]) => day.slice(5))
      .join(' '),
    other: Object.fromEntries(unusual.filter(([, text]) => text !== '').map(([day, text]) => [day.slice(5), text])),
  }
}

function mostUsual(days: readonly (readonly [string, string])[]): string {
  const counts = new Map<string, number>()
  for (const [, text] of days) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

function weekdayOf(day: string): string {
  return WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''
}
