import { SchedulerError } from '../../errors.ts'
import { planBreakOff } from '../../plan/plan-break-off.ts'
import type { InstanceContext } from './instance-context.ts'
import { notePastAttempt } from './note-past-attempt.ts'
import type { RunExecution } from './run-execution.ts'

/**
 * Breaks a run off, because the scheduler is shut down: aborts its signal, and leaves the run open for another instance
 * or settles it as interrupted.
 */
export function breakOff<S extends object>(
  execution: RunExecution,
  context: Pick<InstanceContext<S>, 'instance' | 'clock' | 'jobs' | 'toStoredError'>,
): void {
  const { claim, attempt, isHandlerActive, completion, lastError } = execution
  const reason = new SchedulerError('RUN_INTERRUPTED', { job: claim.job }, { cause: lastError ?? undefined })
  const error = context.toStoredError(reason)
  const run = { trigger: claim.trigger, attempt, isHandlerActive, mayHaveSucceeded: completion !== null }
  if (planBreakOff(run, context.jobs.get(claim.job)) === 'interrupt') {
    execution.end({ kind: 'settled', state: 'interrupted', error, thrown: reason }, reason)
    return
  }
  if (isHandlerActive && !execution.isOver) {
    if (execution.nextAttemptAt === null) notePastAttempt(execution, { outcome: 'interrupted', error }, context)
    execution.interruptAttempt(error)
  }
  execution.end({ kind: 'released' }, reason)
}
