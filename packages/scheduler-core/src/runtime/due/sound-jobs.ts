import type { EpochMs } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import type { LockedJobs } from '../../ports/locked-jobs.ts'

/** A cursor this far ahead is no clock error. */
const FAR_MS = 100 * 366 * 24 * 3_600_000

/**
 * The locked jobs without those whose cursor lies a hundred years ahead. Somebody wrote such a cursor by hand.
 * Following it would silence the job, and every other interval of this process, for good.
 */
export function soundJobs(locked: LockedJobs, now: EpochMs): LockedJobs {
  const end = now + FAR_MS
  const far = locked.jobs.filter(({ cursor }) => cursor > end)
  if (far.length === 0) return locked
  const unreadable = far.map(({ job, cursor }) => {
    return {
      job,
      error: new SchedulerError('STORE_CORRUPT', { where: 'the cursor of the job', value: String(cursor) }),
    }
  })
  return {
    ...locked,
    jobs: locked.jobs.filter(({ cursor }) => cursor <= end),
    unreadable: [...(locked.unreadable ?? []), ...unreadable],
  }
}
