import type { Clock } from '../../clock.ts'
import { createSoonestTimer } from '../../loop/soonest-timer.ts'
import type { Logger } from '../../ports/logger.ts'
import type { ActiveRuns } from './active-runs.ts'
import { loseExecution } from './lose-execution.ts'
import type { RunExecution } from './run-execution.ts'

/** Ends runs when their lease is trusted no longer: by the clock alone, whatever becomes of the calls that renew it. */
export interface LeaseWatch {
  /** Keeps an eye on an active run until it is over. When its lease is renewed, that is seen. */
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
      // What only waits to be settled, or to be committed, needs no watching, and would be looked at again and again.
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
