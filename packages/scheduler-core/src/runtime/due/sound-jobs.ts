import type { EpochMs } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import type { LockedJobs } from '../../ports/store.ts'

/** No clock is wrong by that much. */
const FAR_MS = 100 * 366 * 24 * 3_600_000

/**
 * The locked jobs without those whose cursor lies a hundred years ahead: somebody has written that, and to go by it would
 * be silence for good, for the job and for every other grid of this process.
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
