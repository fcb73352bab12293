import type { RETRY_POLICIES } from './policies.ts'
import type { PolicyValues } from './policy.ts'

type Waits = PolicyValues<typeof RETRY_POLICIES>

/** The longest wait before the attempt after this one. A wait is at least half of it. */
export function longestWaitMs({ backoffMs, maxBackoffMs }: Waits, attempt: number): number {
  return Math.min(backoffMs * 2 ** (attempt - 1), maxBackoffMs)
}

/** The longest waits between all attempts, together. */
export function allWaitsMs(retry: Waits): number {
  let sum = 0
  for (let attempt = 1; attempt < retry.maxAttempts; attempt++) sum += longestWaitMs(retry, attempt)
  return sum
}

/** The shortest waits between all attempts, together: up to half of each is taken off at random. */
export function shortestWaitsMs(retry: Waits): number {
  let sum = 0
  for (let attempt = 1; attempt < retry.maxAttempts; attempt++) sum += Math.round(longestWaitMs(retry, attempt) / 2)
  return sum
}

/** The longest that the attempts of a run take with the waits between them; `null` when an attempt has no limit. */
export function longestRunMs(job: { readonly timeoutMs: number | null; readonly retry: Waits }): number | null {
  return job.timeoutMs === null ? null : job.retry.maxAttempts * job.timeoutMs + allWaitsMs(job.retry)
}
