import type { Part } from '../metrics/scope.ts'
import { refuseOption } from '../options/refuse-option.ts'
import type { JobReading, SchedulerSnapshot } from '../reading/snapshot.ts'
import type { Scheduler } from '../scheduler-api.ts'

export interface JobSeriesOptions {
  /**
   * How many jobs of each scheduler have series of their own: the first by name (default 1,000; 0 for none). How many
   * are left out is published. The series of the scheduler itself count all jobs.
   */
  readonly jobLimit?: number
}

/** Which jobs have series of their own. Every process that shares a store chooses the same. */
export interface JobSeries {
  readonly limit: number
  readonly jobs: Part<'job'>
  leftOut(snapshot: SchedulerSnapshot): number
}

/** A scheduler, and which of its jobs have series. */
export interface PublishedScheduler {
  readonly scheduler: Scheduler
  readonly jobs: JobSeries
}

const DEFAULT_LIMIT = 1_000

/** Throws `INVALID_OPTIONS` for a limit that is no whole number from 0 on. */
export function createJobSeries({ jobLimit = DEFAULT_LIMIT }: JobSeriesOptions = {}): JobSeries {
  if (!Number.isSafeInteger(jobLimit) || jobLimit < 0) {
    refuseOption({ path: 'jobLimit', value: jobLimit, expected: 'a whole number, at least 0' })
  }
  /** A scrape asks once for each instrument. */
  const chosen = new WeakMap<SchedulerSnapshot, readonly JobReading[]>()
  return {
    limit: jobLimit,
    jobs(snapshot) {
      if (snapshot.jobs.length <= jobLimit) return snapshot.jobs
      const known = chosen.get(snapshot) ?? snapshot.jobs.toSorted(byName).slice(0, jobLimit)
      chosen.set(snapshot, known)
      return known
    },
    leftOut: ({ jobs }) => Math.max(0, jobs.length - jobLimit),
  }
}

function byName(one: JobReading, other: JobReading): number {
  return one.name < other.name ? -1 : 1
}

/** The gauge of what the limit leaves out, one for each scheduler. */
export const JOBS_WITHOUT_SERIES = {
  title: 'Jobs without series',
  prometheus: 'scheduler_jobs_without_series',
  opentelemetry: 'scheduler.jobs_without_series',
  help: 'Jobs that have no series of their own here, since the limit is reached. The series of the scheduler count them.',
} as const
