import type { Clock } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import type { Logger } from '../../ports/logger.ts'
import type { RunExecution } from './run-execution.ts'

/**
 * Ends a run whose lease is no longer ours: its signal aborts, and its outcome is left to the sweep. One that its handler is
 * completing is left alone: while that transaction is open nobody can take the run over, and when it has committed the run
 * has succeeded. If it was rolled back after all, the store refuses the outcome when the handler ends.
 */
export function loseExecution(execution: RunExecution, logger: Logger): void {
  // A run that is being settled at this moment has no lease any more, and has lost nothing.
  if (execution.isOver || execution.isCompleting) return
  const { id, job } = execution.claim
  logger.error({ job, runId: id }, 'A run lost its lease; it is aborted and its outcome left to the sweep')
  execution.end({ kind: 'lost' }, new SchedulerError('LEASE_LOST', { runId: id }))
}

/** A process that stood still may find a run in its hands that another one has taken for dead by now: it is lost then. */
export function isStillOurs(
  execution: RunExecution,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): boolean {
  if (clock.monotonic() >= execution.trustedUntil) loseExecution(execution, logger)
  return !execution.isOver
}
