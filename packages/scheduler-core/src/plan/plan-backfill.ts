import { type EpochMs, toIso } from '../clock.ts'
import { refuseOption } from '../options/refuse-option.ts'
import type { Run } from '../run/ledger-entry.ts'
import { isOpenState } from '../run/states.ts'
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

export interface BackfillPlan {
  /** The due times to queue, oldest first. */
  readonly dueTimes: readonly EpochMs[]
  /** How many a calendar excludes. */
  readonly excluded: number
  /** How many the schedule itself still has to decide. */
  readonly undecided: number
}

/** Plans the backfill of a range. Throws `INVALID_OPTIONS` for the future and for too many due times. */
export function planBackfill({ job, from, to, now, cursor }: BackfillInput): BackfillPlan {
  if (to > now) {
    const expected = `an instant that has passed: it is ${toIso(now)}`
    refuseOption({ path: 'backfill.to', value: to, received: toIso(to), expected })
  }
  const count = countDue(job.schedule, from - 1, to - 1)
  if (count > MAX_BACKFILL)
    refuseOption({ path: 'backfill', value: count, expected: `a range of at most ${MAX_BACKFILL} due times` })
  const dueTimes: EpochMs[] = []
  let [excluded, undecided] = [0, 0]
  for (let due = nextDueAt(job.schedule, from - 1); due !== null && due < to; due = nextDueAt(job.schedule, due)) {
    if (due > cursor) undecided++
    else if (calendarExcluding(job, due)) excluded++
    else dueTimes.push(due)
  }
  return { dueTimes, excluded, undecided }
}

/** Whether a queued due time runs no more, by the last of its own run and the reruns: it succeeded or may still do so. */
export function isMadeGood(last: Run | undefined): boolean {
  return last !== undefined && (last.state === 'succeeded' || isOpenState(last.state))
}
