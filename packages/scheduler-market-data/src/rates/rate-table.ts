import type { CalendarDay } from '../calendar/days.ts'

/** Reference rates as published: by day, and by currency how much of it one euro is. Decimals in plain notation. */
export interface RateTable {
  /** The days that have rates, earliest first. A day without rates, such as a Sunday, is missing. */
  readonly days: readonly CalendarDay[]
  /** The rates of a day, without the euro's own; `undefined` for a day without rates. */
  ratesOn(day: CalendarDay): ReadonlyMap<string, string> | undefined
}

/** Joins tables; where several have a day, the last one's rates hold. */
export function joinRates(...tables: readonly RateTable[]): RateTable {
  const byDay = new Map(tables.flatMap((table) => table.days.map((day) => [day, table.ratesOn(day) ?? new Map()])))
  return rateTable(byDay)
}

export function rateTable(byDay: ReadonlyMap<CalendarDay, ReadonlyMap<string, string>>): RateTable {
  const days = Object.freeze([...byDay.keys()].sort())
  return Object.freeze({ days, ratesOn: (day: CalendarDay) => byDay.get(day) })
}
