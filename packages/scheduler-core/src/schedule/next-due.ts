import type { EpochMs, Instant } from '../clock.ts'
import { timetableOf } from './compiled-cron.ts'
import { countOnGrid, lastOnGrid, nextOnGrid } from './grid.ts'
import { MAX_INSTANT, toEpochMs } from './instant.ts'
import type { Schedule } from './schedule.ts'
import { countIn, lastIn, nextIn } from './timetable.ts'

/** The first due time strictly after an instant; `null` when there is none. Pure. */
export function nextDue(schedule: Schedule, after: Instant): Date | null {
  return toDate(nextDueAt(schedule, toEpochMs(after, 'after')))
}

/** The last due time strictly before an instant, or `null` when there is none. */
export function previousDue(schedule: Schedule, before: Instant): Date | null {
  return toDate(previousDueAt(schedule, toEpochMs(before, 'before')))
}

/** `nextDue` in milliseconds. An infinity stands for the earliest or latest instant of a `Date`. */
export function nextDueAt(schedule: Schedule, after: EpochMs): EpochMs | null {
  const from = Math.floor(clamp(after))
  switch (schedule.kind) {
    case 'every':
      return nextOnGrid(schedule, from)
    case 'once':
      return schedule.at > from ? schedule.at : null
    case 'on-demand':
      return null
    case 'cron':
      return nextIn(timetableOf(schedule), from)
  }
}

/** `previousDue` in milliseconds. */
export function previousDueAt(schedule: Schedule, before: EpochMs): EpochMs | null {
  const upTo = Math.ceil(clamp(before)) - 1
  switch (schedule.kind) {
    case 'every':
      return lastOnGrid(schedule, upTo)
    case 'once':
      return schedule.at <= upTo ? schedule.at : null
    case 'on-demand':
      return null
    case 'cron':
      return lastIn(timetableOf(schedule), upTo)
  }
}

/**
 * How many due times are in `(after, upTo]`. Exact, and computed without visiting them: 10 years of seconds take about
 * 1 ms.
 */
export function countDue(schedule: Schedule, after: EpochMs, upTo: EpochMs): number {
  const from = Math.floor(clamp(after))
  const to = Math.floor(clamp(upTo))
  if (to <= from) return 0
  switch (schedule.kind) {
    case 'every':
      return countOnGrid(schedule, from, to)
    case 'once':
      return schedule.at > from && schedule.at <= to ? 1 : 0
    case 'on-demand':
      return 0
    case 'cron':
      return countIn(timetableOf(schedule), from, to)
  }
}

/**
 * The distance between due times in milliseconds: the period of `every`; for `cron`, that of the next two due times
 * after `at`; `null` when no two are left.
 */
export function distanceToNext(schedule: Schedule, at: EpochMs): number | null {
  if (schedule.kind === 'every') return schedule.periodMs
  const first = nextDueAt(schedule, at)
  const second = first === null ? null : nextDueAt(schedule, first)
  return first === null || second === null ? null : second - first
}

function toDate(instant: EpochMs | null): Date | null {
  return instant === null ? null : new Date(instant)
}

function clamp(instant: EpochMs): EpochMs {
  return Math.min(Math.max(instant, -MAX_INSTANT), MAX_INSTANT)
}
