import { refuseOption } from '@pm/scheduler-core/store'

import { type CalendarDay, isDay } from './days.ts'

/** The day that a caller names. Throws `INVALID_OPTIONS` at this path for what is none, such as a `Date`. */
export function checkDay(day: unknown, path: string): CalendarDay {
  if (typeof day === 'string' && isDay(day)) return day
  return refuseOption({ path, value: day, expected: 'a date that exists, such as 2026-12-25' })
}
