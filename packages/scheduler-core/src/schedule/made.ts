import type { Schedule } from './schedule.ts'

/**
 * Marks the schedules that were checked in this process; those of `cron` have their timetable instead. Copies, JSON and logs
 * leave the symbol out.
 */
const MADE = Symbol('made')

/** Freezes a schedule that was checked, so that it stays valid, and marks it. */
export function made<S extends Schedule>(schedule: S): S {
  return Object.freeze(Object.defineProperty(schedule, MADE, { value: true }))
}

/** Whether it was checked in this process, so that it need not be checked again. */
export function isMade(value: object): value is Schedule {
  return Object.hasOwn(value, MADE)
}
