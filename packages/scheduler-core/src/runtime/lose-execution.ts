import { SchedulerError } from '../errors.ts'
import type { Logger } from '../ports/logger.ts'
import type { RunExecution } from './run-execution.ts'

/** Ends a run whose lease is no longer ours: its signal aborts, and its outcome is left to the sweep. */
export function loseExecution(execution: RunExecution, logger: Logger): void {
  // A run that is being settled at this moment has no lease any more, and has lost nothing.
  if (execution.isOver) return
  const { id, job } = execution.claim
  logger.error({ job, runId: id }, 'A run lost its lease; it is aborted and its outcome left to the sweep')
  execution.end({ kind: 'lost' }, new SchedulerError('LEASE_LOST', { runId: id }))
}
