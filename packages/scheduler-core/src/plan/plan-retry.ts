import type { RetryOptions } from '../job/job.ts'
import { longestWaitMs } from '../policy/retry-times.ts'

/**
 * How long to wait before the next attempt of a failed run, or `null` when there is none. The wait grows exponentially,
 * and `random` in [0, 1) takes up to half of it off, so that runs that failed together do not retry together.
 */
export function planRetry(
  retry: Required<RetryOptions>,
  { attempt, error, random }: { readonly attempt: number; readonly error: unknown; readonly random: number },
): number | null {
  if (attempt >= retry.maxAttempts || !retry.retryable(error)) return null
  const ceiling = longestWaitMs(retry, attempt)
  return Math.round(ceiling / 2 + (ceiling / 2) * random)
}
