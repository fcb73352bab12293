import type { JobPolicies } from '../job/job.ts'
import { longestBeyondLimit } from '../job/retries-fit.ts'
import type { Logger } from '../ports/logger.ts'

/** Warns of a job whose retries may not fit its `runTimeoutMs`: once for each object that describes one. */
export function createTightLimitWarning(logger: Logger): (job?: JobPolicies & { readonly name: string }) => void {
  const warned = new WeakSet<JobPolicies>()

  return (job) => {
    if (!job) return
    const neededMs = longestBeyondLimit(job)
    if (neededMs === null || warned.has(job)) return
    warned.add(job)
    const { name, timeoutMs, runTimeoutMs, retry } = job
    logger.warn(
      {
        job: name,
        runTimeoutMs,
        timeoutMs,
        maxAttempts: retry.maxAttempts,
        neededMs: Number.isFinite(neededMs) ? neededMs : null,
      },
      'The retries of a job may not fit its runTimeoutMs: a run may end before its last attempt does',
    )
  }
}
