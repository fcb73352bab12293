import type { EpochMs } from '../clock.ts'
import type { JobLedger } from '../ports/locked-jobs.ts'
import { hasFixedTime } from '../schedule/compiled-cron.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { wallReachedAt, whenReached } from '../schedule/wall-reached.ts'

/** Differences between two versions of time zone data are hours. More than this is none of them. */
const MOST_MS = 2 * 86_400_000

/**
 * Up to when a job's due times are accounted for, as this process sees it: its cursor, or later when the process that
 * moved it there saw a later local time on the clocks of the job's zone. Then their time zone data differ, and a fixed
 * time that was due already is not due again, as when clocks are set back. Pure.
 */
export function coveredUntil(schedule: Schedule, { cursor, wall }: Pick<JobLedger, 'cursor' | 'wall'>): EpochMs {
  if (wall === null || schedule.kind !== 'cron' || schedule.timezone !== wall.timezone) return cursor
  const aheadMs = wall.reached - wallReachedAt(schedule, cursor)
  if (aheadMs <= 0 || aheadMs > MOST_MS || !hasFixedTime(schedule)) return cursor
  return whenReached(schedule, wall.reached, cursor)
}

/** What a cursor of a job is in local time, for processes with other data; `null` when no time zone counts. */
export function wallOf(schedule: Schedule, cursor: EpochMs): JobLedger['wall'] {
  if (schedule.kind !== 'cron' || schedule.timezone === 'UTC') return null
  return { timezone: schedule.timezone, reached: wallReachedAt(schedule, cursor) }
}
