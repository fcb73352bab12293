import type { JobConfig } from '../control/config.ts'
import { followSchedule } from '../policy/defaults.ts'
import { JOB_POLICIES } from '../policy/policies.ts'
import type { JobPolicies } from './job.ts'

/**
 * The job in effect: its definition with the settings made at run time. A default that follows the schedule,
 * such as a grace of one period, follows the schedule in effect.
 */
export function effectivePolicies<J extends JobPolicies>(job: J, override: JobConfig): J {
  const { retry, ...policies } = override
  const { schedule = job.schedule } = policies
  return Object.freeze({
    ...job,
    ...followSchedule(JOB_POLICIES, job, { from: job.schedule, to: schedule }),
    ...policies,
    retry: Object.freeze({ ...job.retry, ...retry }),
  })
}
