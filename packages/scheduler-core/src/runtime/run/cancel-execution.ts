import { SchedulerError } from '../../errors.ts'
import type { ToStoredError } from '../../run/stored-error.ts'
import type { RunExecution } from './run-execution.ts'

/** Ends a run as cancelled, unless it has ended already, and aborts its signal. */
export function cancelExecution(
  execution: RunExecution,
  { reason, toStoredError }: { readonly reason: string; readonly toStoredError: ToStoredError },
): void {
  const error = new SchedulerError('RUN_CANCELLED', { reason })
  execution.end({ kind: 'settled', state: 'cancelled', error: toStoredError(error), thrown: error }, error)
}
