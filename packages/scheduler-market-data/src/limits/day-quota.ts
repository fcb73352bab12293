import type { EpochMs } from '@pm/scheduler-core'

import type { DayEnd } from './day-end.ts'

/**
 * The requests of a provider that counts by the days of a calendar. A request arrives at an unknown instant between its
 * sending and its answer, so it counts from the sending until the end of the day in which it ended. A day has a date, so
 * this count, unlike that of `Quota`, follows the wall clock.
 */
export interface DayQuotaState {
  readonly inFlight: number
  /** Until when each request that ended counts, soonest first. */
  readonly until: readonly EpochMs[]
}

export const EMPTY_DAY: DayQuotaState = Object.freeze({ inFlight: 0, until: [] })

export interface DayQuotaRules {
  readonly perDay: number
  readonly dayEnd: DayEnd
}

/** The state with one more request in progress; `null` when the day does not allow it. */
export function takeOfDay(state: DayQuotaState, rules: DayQuotaRules, now: EpochMs): DayQuotaState | null {
  return remainingOfDay(state, rules, now) === 0 ? null : { ...state, inFlight: state.inFlight + 1 }
}

/** The state after a request has ended. */
export function endOfDay(state: DayQuotaState, { dayEnd }: DayQuotaRules, now: EpochMs): DayQuotaState {
  const until = [...counting(state, now), dayEnd(now)].sort((a, b) => a - b)
  return { inFlight: Math.max(0, state.inFlight - 1), until }
}

export function remainingOfDay(state: DayQuotaState, { perDay }: DayQuotaRules, now: EpochMs): number {
  return Math.max(0, perDay - state.inFlight - counting(state, now).length)
}

/** Time until the next request may be sent; 0 if it may now, `null` if that depends on a request in progress. */
export function waitOfDay(state: DayQuotaState, { perDay }: DayQuotaRules, now: EpochMs): number | null {
  const until = counting(state, now)
  const inItsPlace = until.length - (perDay - state.inFlight)
  if (inItsPlace < 0) return 0
  const freeAt = until[inItsPlace]
  return freeAt === undefined ? null : freeAt - now
}

function counting({ until }: DayQuotaState, now: EpochMs): readonly EpochMs[] {
  return until.filter((end) => end > now)
}
