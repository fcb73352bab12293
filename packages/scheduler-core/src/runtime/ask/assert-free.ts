import { SchedulerError } from '../../errors.ts'
import type { LockedJobs } from '../../ports/locked-jobs.ts'

/** How long a command waits for jobs that another transaction holds. Ticks and settlements hold them for less. */
export const COMMAND_WAIT_MS = 500

/** @throws SchedulerError `JOB_LOCKED` when the command needs a job that another transaction still holds. */
export function assertFree({ locked: [job] = [] }: Pick<LockedJobs, 'locked'>): void {
  if (job !== undefined) throw new SchedulerError('JOB_LOCKED', { job })
}
