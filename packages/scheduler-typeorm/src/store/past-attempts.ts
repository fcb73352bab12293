import type { PastAttempt } from '@pm/scheduler-core'
import { PAST_OUTCOMES } from '@pm/scheduler-core/store'

import { corrupt } from '../query.ts'
import { type Fields, objectOf, textOf, wholeOf } from './stored-json.ts'

/** The past attempts of a run as they are stored; `null` when there are none. */
export function pastAttemptsJson(past: readonly PastAttempt[] | undefined): string | null {
  return past === undefined || past.length === 0 ? null : JSON.stringify(past.map(inOrder))
}

/** @throws SchedulerError `STORE_CORRUPT` for anything that `pastAttemptsJson` does not write. */
export function readPastAttempts(stored: unknown): readonly PastAttempt[] {
  if (!Array.isArray(stored)) throw corrupt('past_attempts', stored)
  return stored.map(readAttempt)
}

/** Its fields in their one order, so that equal attempts are equal texts. */
function inOrder({ attempt, startedAt, endedAt, instance, outcome, error }: PastAttempt): PastAttempt {
  return { attempt, startedAt, endedAt, instance, outcome, error: error && textsOf(error) }
}

type AttemptError = NonNullable<PastAttempt['error']>

function textsOf({ code, name, message }: AttemptError) {
  return { code, name, message }
}

function readAttempt(stored: unknown): PastAttempt {
  const fields: Fields<keyof PastAttempt> = objectOf('past_attempts', stored)
  const { attempt, startedAt, endedAt, instance, outcome, error } = fields
  const known = PAST_OUTCOMES.find((each) => each === outcome)
  if (known === undefined) throw corrupt('past_attempts.outcome', outcome)
  return {
    attempt: wholeOf('past_attempts.attempt', attempt),
    startedAt: wholeOf('past_attempts.startedAt', startedAt),
    endedAt: wholeOf('past_attempts.endedAt', endedAt),
    instance: textOf('past_attempts.instance', instance) as PastAttempt['instance'],
    outcome: known,
    error: error === null ? null : readError(error),
  }
}

function readError(stored: unknown): AttemptError {
  const { code, name, message }: Fields<keyof AttemptError> = objectOf('past_attempts.error', stored)
  return {
    code: textOf('past_attempts.error.code', code),
    name: textOf('past_attempts.error.name', name),
    message: textOf('past_attempts.error.message', message),
  }
}
