import type { Clock } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import type { Logger } from '../../ports/logger.ts'
import type { RunExecution } from './run-execution.ts'

/**
 * Ends a run whose lease this instance has lost: its signal aborts, and the sweep records its outcome. A run that its
 * handler is completing is left alone: nobody can take it over while that transaction is open, and after the commit it
 * has succeeded. If the transaction was rolled back, the store refuses the outcome when the handler ends.
 */
export function loseExecution(execution: RunExecution, logger: Logger): void {
  // A run that is being settled at this moment has no lease any more, so it cannot lose one.
  if (execution.isOver || execution.isCompleting) return
  const { id, job } = execution.claim
  logger.error({ job, runId: id }, 'A run lost its lease; it is aborted and its outcome left to the sweep')
  execution.end({ kind: 'lost' }, new SchedulerError('LEASE_LOST', { runId: id }))
}

/** Whether the run still belongs to this instance. Ends it as lost when its lease is no longer trusted. */
export function isStillOurs(
  execution: RunExecution,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): boolean {
  if (clock.monotonic() >= execution.trustedUntil) loseExecution(execution, logger)
  return !execution.isOver
}
