import type { EpochMs } from '@pm/scheduler-core'

/** The wait after a refusal without a readable `Retry-After`. */
export const DEFAULT_RETRY_MS = 60_000

/**
 * The longest wait after a refusal. A provider that refuses for a day is asked again every hour, which costs little.
 */
export const MAX_RETRY_MS = 3_600_000

/**
 * How long a `Retry-After` header asks to wait: whole seconds or an HTTP date (RFC 9110 section 10.2.3), from 1 s to
 * `MAX_RETRY_MS`; `DEFAULT_RETRY_MS` for a header that is missing or malformed.
 */
export function retryAfterMs(header: string | null, now: EpochMs): number {
  const value = header?.trim() ?? ''
  const waitMs = /^\d+$/.test(value)
    ? Number(value) * 1000
    : HTTP_DATE.test(value)
      ? Date.parse(value) - now
      : Number.NaN
  return Number.isNaN(waitMs) ? DEFAULT_RETRY_MS : Math.min(Math.max(waitMs, MIN_RETRY_MS), MAX_RETRY_MS)
}

const MIN_RETRY_MS = 1_000

/** Checked first, because `Date.parse` accepts more than HTTP dates: it reads `-5` as a year. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/
