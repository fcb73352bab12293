import type { EpochMs } from '../clock.ts'
import { refuseOption } from '../options/refuse-option.ts'
import { countDue, nextDueAt } from '../schedule/next-due.ts'
import { calendarExcluding, type ExcludingJob } from './exclusions.ts'

/** The most due times that one backfill may cover. */
export const MAX_BACKFILL = 1_000

export interface BackfillInput {
  readonly job: ExcludingJob
  /** The due times in `[from, to)`. */
  readonly from: EpochMs
  readonly to: EpochMs
  readonly now: EpochMs
  /** The schedule itself still runs due times after this instant. */
  readonly cursor: EpochMs
}

/**
 * The due times that a backfill of a range runs, oldest first. Throws `INVALID_OPTIONS` for the future and for too many
 * due times.
 */
export function planBackfill({ job, from, to, now, cursor }: BackfillInput): readonly EpochMs[] {
  if (to > now) refuseOption({ path: 'backfill.to', value: to, expected: `an instant that has passed (it is ${now})` })
  const count = countDue(job.schedule, from - 1, to - 1)
  if (count > MAX_BACKFILL)
    refuseOption({ path: 'backfill', value: count, expected: `a range of at most ${MAX_BACKFILL} due times` })
  const dueTimes: EpochMs[] = []
  for (let due = nextDueAt(job.schedule, from - 1); due !== null && due < to; due = nextDueAt(job.schedule, due)) {
    if (due <= cursor && !calendarExcluding(job, due)) dueTimes.push(due)
  }
  return dueTimes
}
