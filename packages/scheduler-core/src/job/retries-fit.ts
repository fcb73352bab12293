import { refuseOption } from '../options/refuse-option.ts'
import { longestRunMs, shortestWaitsMs } from '../policy/retry-times.ts'
import type { Job } from './job.ts'

type Timed = Pick<Job, 'timeoutMs' | 'runTimeoutMs' | 'retry'>

/** How an error names the option that does not fit. */
export interface FitPath {
  readonly path: string
  readonly value: unknown
}

/**
 * Checks that the last attempt of a run can begin within `runTimeoutMs`, at least where the attempts before it fail at
 * once. Throws `INVALID_OPTIONS`.
 */
export function assertRetriesFit({ runTimeoutMs, retry }: Timed, { path, value }: FitPath): void {
  const waitsMs = shortestWaitsMs(retry)
  if (runTimeoutMs === null || runTimeoutMs > waitsMs) return
  const { maxAttempts, backoffMs, maxBackoffMs } = retry
  refuseOption({
    path,
    value,
    expected:
      `a runTimeoutMs (${runTimeoutMs}) of more than ${waitsMs} ms, which the waits between ${maxAttempts} attempts take ` +
      `at least (retry.backoffMs ${backoffMs}, retry.maxBackoffMs ${maxBackoffMs}), or fewer attempts`,
  })
}

/**
 * How long the attempts of a run can take with their waits, where `runTimeoutMs` may end the run before its last attempt
 * does; `Infinity` where an attempt has no limit; `null` where all fit.
 */
export function longestBeyondLimit(job: Timed): number | null {
  const { runTimeoutMs, retry } = job
  if (runTimeoutMs === null || retry.maxAttempts === 1) return null
  const longest = longestRunMs(job) ?? Infinity
  return longest > runTimeoutMs ? longest : null
}
