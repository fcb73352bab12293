import type { EpochMs } from '../clock.ts'
import type { InstanceId } from '../ids.ts'
import { MAX_PAST_ATTEMPTS, MAX_PAST_MESSAGE } from '../limits.ts'
import { shorten } from './clean-text.ts'
import type { StoredError } from './stored-error.ts'

/** How an attempt ended that was not the last one of its run. */
export const PAST_OUTCOMES = ['failed', 'timed_out', 'orphaned', 'interrupted'] as const

/** An attempt before the present or last one of a run, also of the run whose rerun it is. */
export interface PastAttempt {
  /** From 1. */
  readonly attempt: number
  readonly startedAt: EpochMs
  readonly endedAt: EpochMs
  readonly instance: InstanceId
  readonly outcome: (typeof PAST_OUTCOMES)[number]
  readonly error: PastError | null
}

/** The error of a past attempt: less than the run's own. */
export type PastError = Pick<StoredError, 'code' | 'name' | 'message'>

/** The past attempts with one more. */
export function withPastAttempt(past: readonly PastAttempt[], attempt: PastAttempt): readonly PastAttempt[] {
  return [...past, attempt].slice(-MAX_PAST_ATTEMPTS)
}

export function toPastError(error: StoredError): PastError {
  const { code, name, message } = error
  return { code, name, message: shorten(message, MAX_PAST_MESSAGE) }
}
