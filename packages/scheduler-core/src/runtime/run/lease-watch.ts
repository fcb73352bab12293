import type { Clock } from '../../clock.ts'
import { createSoonestTimer } from '../../loop/soonest-timer.ts'
import type { Logger } from '../../ports/logger.ts'
import type { ActiveRuns } from './active-runs.ts'
import { loseExecution } from './lose-execution.ts'
import type { RunExecution } from './run-execution.ts'

/** Ends runs whose lease is no longer trusted: by the clock alone, even when the calls that renew it hang. */
export interface LeaseWatch {
  /** Watches an active run until it is over. It takes renewals of the lease into account. */
  watch(execution: RunExecution): void
  clear(): void
}

export interface LeaseWatchOptions {
  readonly active: ActiveRuns
  readonly clock: Clock
  readonly logger: Logger
}

export function createLeaseWatch({ active, clock, logger }: LeaseWatchOptions): LeaseWatch {
  const timer = createSoonestTimer(clock, look)

  function look(): void {
    const now = clock.monotonic()
    let next = Infinity
    for (const execution of active.executions) {
      // Runs that only wait to be settled or committed need no watching, and would be checked again and again.
      if (execution.isOver || execution.isCompleting) continue
      if (now >= execution.trustedUntil) loseExecution(execution, logger)
      else next = Math.min(next, execution.trustedUntil)
    }
    timer.armFor(next)
  }

  return {
    watch: ({ trustedUntil }) => timer.armFor(trustedUntil),
    clear: timer.clear,
  }
}
