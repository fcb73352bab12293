import { type Clock, systemClock } from '../clock.ts'
import { SchedulerError } from '../errors.ts'

/**
 * How often a principal may command. Each scheduler has one for all routers that serve it, on whatever path; routers of
 * several schedulers may share one.
 */
export interface CommandLimits {
  /** Counts a command of the principal, a repeat with its idempotency key too. Throws `TOO_MANY_REQUESTS`. */
  take(principal: string): void
}

export interface CommandLimitsOptions {
  /** How many commands a principal may give per minute (default 60). */
  readonly perMinute?: number
  /** How many commands a principal may give at once, after a rest (default 20). */
  readonly burst?: number
  /** How many principals are remembered (default 10,000); the one silent longest is forgotten first. */
  readonly principals?: number
  /** Counts the minute, by its monotonic side (default the host's clock). */
  readonly clock?: Clock
}

/** A token bucket for each principal. Throws a `RangeError` for limits that let nothing through. */
export function createCommandLimits(options: CommandLimitsOptions = {}): CommandLimits {
  const { perMinute = 60, burst = 20, principals = 10_000, clock = systemClock } = options
  if (!(perMinute > 0) || !(burst >= 1) || !(principals >= 1))
    throw new RangeError('Limits have to let commands through')
  const tokenMs = 60_000 / perMinute
  const fullAt = new Map<string, number>()

  return {
    take(principal) {
      const now = clock.monotonic()
      const full = Math.max(fullAt.get(principal) ?? now, now)
      const waitMs = full - now - (burst - 1) * tokenMs
      if (waitMs > 0) throw new SchedulerError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(waitMs / 1_000) })
      remember(principal, full + tokenMs)
    },
  }

  /** Puts the principal behind all others, so that the first of the map is always the one that was silent longest. */
  function remember(principal: string, full: number): void {
    fullAt.delete(principal)
    const [oldest] = fullAt.keys()
    if (oldest !== undefined && fullAt.size >= principals) fullAt.delete(oldest)
    fullAt.set(principal, full)
  }
}
