import type { Clock } from '@pm/scheduler-core'

import { createDayEnd } from './day-end.ts'
import { EMPTY_DAY, endOfDay, remainingOfDay, takeOfDay, waitOfDay } from './day-quota.ts'

/** How many requests a provider allows. An omitted limit means no limit. */
export interface QuotaLimits {
  /** Requests within any minute (default no limit). */
  readonly perMinute?: number
  /** Requests within a day (default no limit). */
  readonly perDay?: number
  /**
   * The IANA zone at whose midnight the provider begins to count anew (default none: `perDay` holds for any 24 hours,
   * which is never too much, whatever the provider counts by).
   */
  readonly dayTimezone?: string
}

/**
 * Counts requests against a provider's quota: minutes, and days without a zone, with the monotonic clock, so that a
 * corrected wall clock changes nothing; the days of a zone with the wall clock.
 *
 * The limits hold for any window of the provider: within any minute, any 24 hours or any day of the zone, no more
 * requests arrive than the quota allows. A request arrives at an unknown instant between its sending and its answer, so
 * it counts from the sending until one window after the answer, or until the end of the answer's day.
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
  const { perMinute, perDay, dayTimezone } = limits
  if (dayTimezone === undefined || perDay === undefined) return createWindowQuota(limits, clock)
  const minutes = createWindowQuota(perMinute === undefined ? {} : { perMinute }, clock)
  const rules = { perDay, dayEnd: createDayEnd(limits) }
  let day = EMPTY_DAY
  return {
    take() {
      const taken = takeOfDay(day, rules, clock.now())
      if (taken === null || !minutes.take()) return false
      day = taken
      return true
    },
    end() {
      minutes.end()
      day = endOfDay(day, rules, clock.now())
    },
    remaining() {
      const left = remainingOfDay(day, rules, clock.now())
      return Math.min(left, minutes.remaining() ?? left)
    },
    waitMs() {
      const waits = [minutes.waitMs(), waitOfDay(day, rules, clock.now())].filter((wait) => wait !== null)
      return waits.length === 2 ? Math.max(...waits) : null
    },
  }
}

function createWindowQuota(limits: QuotaLimits, clock: Clock): Quota {
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
