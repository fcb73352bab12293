import type { Clock } from '@pm/scheduler-core'

/** How many requests a provider allows. An omitted limit means no limit. */
export interface QuotaLimits {
  /** Requests within any minute (default no limit). */
  readonly perMinute?: number
  /** Requests within any 24 hours (default no limit). */
  readonly perDay?: number
}

/**
 * Counts requests against a provider's quota with the monotonic clock, so that a corrected wall clock changes nothing.
 *
 * The limits hold for any window of the provider: within any minute and any 24 hours of its clock, no more requests
 * arrive than the quota allows. A request arrives at an unknown instant between its sending and its answer, so it
 * counts from the sending until one window after the answer.
 */
export interface Quota {
  /** Takes one request from the quota; call `end` when it has ended. `false` when none is left. */
  take(): boolean
  /** Reports that a request was answered or given up. Call it once for each `take` that returned `true`. */
  end(): void
  /** Requests that may be sent at this moment; `null` when there is no limit. */
  remaining(): number | null
  /** Time until the next request may be sent; 0 if it may now, `null` if that depends on a request in progress. */
  waitMs(): number | null
}

export function createQuota(limits: QuotaLimits, clock: Clock): Quota {
  let state = EMPTY_QUOTA
  return {
    take() {
      const taken = takeRequest(state, limits, clock.monotonic())
      state = taken ?? state
      return taken !== null
    },
    end() {
      state = endRequest(state, limits, clock.monotonic())
    },
    remaining: () => remainingRequests(state, limits, clock.monotonic()),
    waitMs: () => waitForRequest(state, limits, clock.monotonic()),
  }
}

export interface QuotaState {
  readonly inFlight: number
  /** When the requests of the longest window ended, oldest first. */
  readonly endedAt: readonly number[]
}

export const EMPTY_QUOTA: QuotaState = Object.freeze({ inFlight: 0, endedAt: [] })

/** The state with one more request in progress; `null` when the quota does not allow it. */
export function takeRequest(state: QuotaState, limits: QuotaLimits, now: number): QuotaState | null {
  if (remainingRequests(state, limits, now) === 0) return null
  return { ...state, inFlight: state.inFlight + 1 }
}

/** The state after a request has ended. It counts for one window from now. */
export function endRequest(state: QuotaState, limits: QuotaLimits, now: number): QuotaState {
  const longest = Math.max(0, ...windowsOf(limits).map(({ windowMs }) => windowMs))
  const kept = state.endedAt.filter((endedAt) => endedAt > now - longest)
  return { inFlight: Math.max(0, state.inFlight - 1), endedAt: longest === 0 ? [] : [...kept, now] }
}

export function remainingRequests(state: QuotaState, limits: QuotaLimits, now: number): number | null {
  const free = windowsOf(limits).map(({ requests, windowMs }) => {
    const ended = state.endedAt.length - firstWithin(state.endedAt, now - windowMs)
    return Math.max(0, requests - ended - state.inFlight)
  })
  return free.length === 0 ? null : Math.min(...free)
}

export function waitForRequest(state: QuotaState, limits: QuotaLimits, now: number): number | null {
  let wait = 0
  for (const { requests, windowMs } of windowsOf(limits)) {
    // The request that must leave the window before the next one fits: it and all later ones fill the window.
    const inItsPlace = state.endedAt.length - (requests - state.inFlight)
    if (inItsPlace >= state.endedAt.length) return null
    const endedAt = state.endedAt[inItsPlace]
    if (endedAt !== undefined) wait = Math.max(wait, endedAt + windowMs - now)
  }
  return Math.max(0, wait)
}

function windowsOf({ perMinute, perDay }: QuotaLimits): { requests: number; windowMs: number }[] {
  const windows = []
  if (perMinute !== undefined) windows.push({ requests: perMinute, windowMs: 60_000 })
  if (perDay !== undefined) windows.push({ requests: perDay, windowMs: 86_400_000 })
  return windows
}

/** Index of the first instant after `from`, in ascending instants. */
function firstWithin(instants: readonly number[], from: number): number {
  const index = instants.findIndex((instant) => instant > from)
  return index === -1 ? instants.length : index
}
