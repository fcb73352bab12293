import type { JobConfig } from '../control/config.ts'
import { followSchedule } from '../policy/defaults.ts'
import { JOB_POLICIES } from '../policy/policies.ts'
import type { Job } from './job.ts'

/**
 * The job as it is in effect: as the code defines it, with what was set at run time laid over it. A default that follows
 * the schedule, such as a grace of one period, follows the schedule that was set.
 */
export function effectivePolicies<S>(job: Job<S>, override: JobConfig): Job<S> {
  const { retry, ...policies } = override
  const { schedule = job.schedule } = policies
  return Object.freeze({
    ...job,
    ...followSchedule(JOB_POLICIES, job, { from: job.schedule, to: schedule }),
    ...policies,
    retry: Object.freeze({ ...job.retry, ...retry }),
  })
}
