import { callSafely } from '../../host/call-safely.ts'
import type { AroundRun, RunObserver, RunOutcome } from '../../ports/around-run.ts'
import type { Claim } from './active-runs.ts'
import type { Executor } from './executor.ts'
import type { InstanceContext } from './instance-context.ts'

/** Begins the runs that this instance has. */
export interface Dispatcher {
  /** Those that are queued are left to the worker that the engine brings them to. */
  start(claims: readonly Claim[]): void
  /** Begins nothing more from now on. */
  close(): void
}

export function createDispatcher<S extends object>(
  { scheduler, options: { aroundRun }, active, logger }: InstanceContext<S>,
  executor: Executor,
): Dispatcher {
  let isClosed = false

  function begin(claim: Claim): void {
    // The command outlasted the close: nothing is left to run what it claimed, and the sweep will find it.
    if (isClosed || isQueued(claim)) active.release(claim.id)
    else if (aroundRun) beginInside(aroundRun, claim)
    else executor.begin(claim)
  }

  /** Whatever the host's function does, the run is executed once. */
  function beginInside(around: AroundRun, claim: Claim): void {
    const { id, job, scheduledFor } = claim
    let outcome: Promise<RunOutcome> | null = null
    const execute = (observer?: RunObserver) => {
      outcome ??= executor.execute(claim, observer)
      return outcome
    }
    callSafely(
      () => around({ id, scheduler, job, scheduledFor }, execute),
      (err) => logger.error({ job, runId: id, err }, 'aroundRun threw'),
    )
    if (!outcome) void execute()
  }

  return {
    start(claims) {
      for (const claim of claims) begin(claim)
    },
    close() {
      isClosed = true
    },
  }
}

/** No attempt of it has begun, and none begins here. */
function isQueued({ attempt }: Claim): boolean {
  return attempt === 0
}
