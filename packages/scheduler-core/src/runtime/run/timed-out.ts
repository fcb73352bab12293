import { type ErrorDetails, SchedulerError } from '../../errors.ts'

/** Timers are late by a few milliseconds all the time. A limit that is noticed so much later was noticed by a blocked loop. */
const BLOCKED_MS = 100

export interface Overrun extends Pick<ErrorDetails<'RUN_TIMED_OUT'>, 'timeoutMs' | 'limit'> {
  /** How long after the limit it was noticed. */
  readonly lateMs: number
  /** What the last attempt before failed with. */
  readonly cause?: unknown
}

/** Why a run or an attempt ended that outlasted its limit. */
export function timedOut({ timeoutMs, limit, lateMs, cause }: Overrun): SchedulerError<'RUN_TIMED_OUT'> {
  const blockedMs = Math.round(lateMs)
  const details = { timeoutMs, limit, ...(blockedMs >= BLOCKED_MS && { blockedMs }) }
  return new SchedulerError('RUN_TIMED_OUT', details, { cause })
}
