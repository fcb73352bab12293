import type { RetryOptions } from '../job/job.ts'

/**
 * How long to wait before the next try of a failed run, or `null` when there is none: exponential, with the upper
 * half of each wait drawn at random (`random` in [0, 1)) so that runs that failed together do not return together.
 */
export function planRetry(
  retry: Required<RetryOptions>,
  { attempt, error, random }: { readonly attempt: number; readonly error: unknown; readonly random: number },
): number | null {
  if (attempt >= retry.maxAttempts || !retry.retryable(error)) return null
  const ceiling = Math.min(retry.backoffMs * 2 ** (attempt - 1), retry.maxBackoffMs)
  return Math.round(ceiling / 2 + (ceiling / 2) * random)
}
