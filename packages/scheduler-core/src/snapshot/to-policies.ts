import type { Job } from '../job/job.ts'
import type { PoliciesReading } from '../reading/snapshot.ts'

/** The part of a job that decides when and how it runs: plain data, frozen. */
export function toPolicies(job: Job<never>): PoliciesReading {
  const { schedule, timeoutMs, misfireGraceMs, misfirePolicy, overlapPolicy, onOrphan, priority } = job
  const { maxAttempts, backoffMs, maxBackoffMs } = job.retry
  const retry = Object.freeze({ maxAttempts, backoffMs, maxBackoffMs })
  return Object.freeze({
    schedule,
    timeoutMs,
    misfireGraceMs,
    misfirePolicy,
    overlapPolicy,
    onOrphan,
    priority,
    retry,
  })
}
