import type { JobConfig } from '../control/config.ts'
import { defaultGrace } from '../policy/policy-fields.ts'
import type { Job } from './job.ts'

/**
 * The job as it is in effect: as the code defines it, with what was set at run time laid over it. A grace of one
 * period, which is the default, follows the schedule.
 */
export function effectivePolicies<S>(job: Job<S>, override: JobConfig): Job<S> {
  const { retry, ...policies } = override
  const { schedule = job.schedule } = policies
  const followsSchedule = job.misfireGraceMs === defaultGrace(job.schedule)
  return Object.freeze({
    ...job,
    ...(followsSchedule && { misfireGraceMs: defaultGrace(schedule) }),
    ...policies,
    retry: Object.freeze({ ...job.retry, ...retry }),
  })
}
