import type { JobPolicies } from '../job/job.ts'
import { SHOWN } from '../policy/policies.ts'
import { pickPolicies } from '../policy/reach.ts'
import type { PoliciesReading } from '../reading/snapshot.ts'

/** The part of a job that decides when and how it runs: plain data, frozen. */
export function toPolicies(job: JobPolicies): PoliciesReading {
  const retry = Object.freeze(pickPolicies(SHOWN.retry, job.retry))
  return Object.freeze({ schedule: job.schedule, ...pickPolicies(SHOWN.job, job), retry })
}
