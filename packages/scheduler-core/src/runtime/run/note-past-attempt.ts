import { type PastAttempt, toPastError, withPastAttempt } from '../../run/past-attempt.ts'
import type { StoredError } from '../../run/stored-error.ts'
import type { InstanceContext } from './instance-context.ts'
import type { RunExecution } from './run-execution.ts'

/** Adds the present attempt, which has ended, to the past attempts of its run. */
export function notePastAttempt(
  execution: RunExecution,
  { outcome, error }: { readonly outcome: PastAttempt['outcome']; readonly error: StoredError },
  { instance, clock }: Pick<InstanceContext<object>, 'instance' | 'clock'>,
): void {
  const { attempt, attemptStartedAt: startedAt, pastAttempts } = execution
  const past = { attempt, startedAt, endedAt: clock.now(), instance, outcome, error: toPastError(error) }
  execution.pastAttempts = withPastAttempt(pastAttempts, past)
}
