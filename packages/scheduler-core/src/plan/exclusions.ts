import type { EpochMs } from '../clock.ts'
import type { JobPolicies } from '../job/job.ts'
import type { ExclusionCalendar } from '../schedule/exclusion-calendar.ts'
import { previousDueAt } from '../schedule/next-due.ts'

export type ExcludingJob = Pick<JobPolicies, 'schedule' | 'exclude'>

/** Consecutive due times that calendars exclude. */
export interface ExcludedRange {
  readonly first: EpochMs
  readonly last: EpochMs
  readonly count: number
}

export interface Exclusions {
  /** Oldest first. At least one due time that is not excluded lies between two ranges. */
  readonly ranges: readonly ExcludedRange[]
  /** Calendars were not asked about due times before this instant. */
  readonly knownFrom: EpochMs
}

/**
 * The most due times of a backlog that are checked against the calendars, the latest ones. The older ones do not run
 * anyway.
 */
export const MAX_LOOKS = 2_000

/** The first of the job's calendars that excludes a due time. One that throws excludes nothing. */
export function calendarExcluding(job: ExcludingJob, dueAt: EpochMs): ExclusionCalendar | null {
  for (const calendar of job.exclude) {
    try {
      if (calendar.excludes(dueAt) === true) return calendar
    } catch {
      // Running on a holiday does less harm than no run of any job, which is what a tick that throws would mean.
    }
  }
  return null
}

/**
 * The due times of `(after, upTo]` that calendars exclude. Asks the calendars about at most `MAX_LOOKS` due times, from
 * the latest backwards.
 */
export function exclusionsIn(
  job: ExcludingJob,
  { after, upTo }: { readonly after: EpochMs; readonly upTo: EpochMs },
): Exclusions {
  if (job.exclude.length === 0) return NO_EXCLUSIONS
  const ranges: ExcludedRange[] = []
  let open: ExcludedRange | null = null
  let due = previousDueAt(job.schedule, upTo + 1)
  for (let looks = 0; due !== null && due > after; looks++) {
    if (looks === MAX_LOOKS) {
      if (open) ranges.push(open)
      return { ranges: ranges.reverse(), knownFrom: due + 1 }
    }
    if (calendarExcluding(job, due)) {
      open = backTo(due, open)
    } else if (open) {
      ranges.push(open)
      open = null
    }
    due = previousDueAt(job.schedule, due)
  }
  if (open) ranges.push(open)
  return { ranges: ranges.reverse(), knownFrom: -Infinity }
}

function backTo(first: EpochMs, range: ExcludedRange | null): ExcludedRange {
  return range ? { ...range, first, count: range.count + 1 } : { first, last: first, count: 1 }
}

const NO_EXCLUSIONS: Exclusions = Object.freeze({ ranges: Object.freeze([]), knownFrom: -Infinity })

/**
 * The last due time before an instant that no calendar excludes; `null` when there is none, or the calendars were not
 * asked so far back.
 */
export function previousRunnable(
  { schedule }: ExcludingJob,
  before: EpochMs,
  { ranges, knownFrom }: Exclusions,
): EpochMs | null {
  let due = previousDueAt(schedule, before)
  for (let index = ranges.length - 1; index >= 0 && due !== null; index--) {
    const range = ranges[index]
    if (!range || range.last < due) break
    if (range.first <= due) due = previousDueAt(schedule, range.first)
  }
  return due !== null && due >= knownFrom ? due : null
}
