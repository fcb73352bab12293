import { random } from '../../chance.ts'
import { sleep } from '../../clock.ts'
import type { Job } from '../../job/job.ts'
import { planRetry } from '../../plan/plan-retry.ts'
import { toStoredError } from '../../run/stored-error.ts'
import type { Emitter } from '../../state/emitter.ts'
import { createRunContext, type RunContextParts } from './create-run-context.ts'
import type { InstanceContext } from './instance-context.ts'
import { isStillOurs } from './lose-execution.ts'
import type { Ending, RunExecution } from './run-execution.ts'

/** The parts of an instance that the execution of a run needs. */
export type ExecutingContext<S extends object> = RunContextParts<S> &
  Pick<InstanceContext<S>, 'leaseMs' | 'jobs' | 'active' | 'redact'> & { readonly events: Pick<Emitter, 'emit'> }

/** Runs the attempts of runs. */
export interface Attempts<S> {
  /**
   * Tries the handler until it succeeds, no attempt is left, or the run is ended from outside. A late result is
   * ignored.
   */
  begin(execution: RunExecution, job: Job<S>): Promise<void>
}

export function createAttempts<S extends object>(context: ExecutingContext<S>): Attempts<S> {
  const { clock, logger, redact } = context

  /** After `ctx.complete` the transaction may have committed. A run that may have succeeded is not tried again. */
  function waitBeforeNextTry(execution: RunExecution, job: Job<S>, thrown: unknown): number | null {
    if (execution.isOver || execution.completion) return null
    const waitMs = planRetry(job.retry, { attempt: execution.attempt, error: thrown, random: random() })
    if (waitMs !== null) {
      const { attempt, claim } = execution
      const error = toStoredError(thrown, redact)
      logger.info({ job: job.name, runId: claim.id, attempt, waitMs, error }, 'An attempt failed and is tried again')
    }
    return waitMs
  }

  return {
    async begin(execution, job) {
      while (isStillOurs(execution, context)) {
        try {
          await job.handler(createRunContext<S>(context, execution))
          execution.end(SUCCEEDED)
          return
        } catch (thrown) {
          const waitMs = waitBeforeNextTry(execution, job, thrown)
          if (waitMs === null) {
            execution.end({ kind: 'settled', state: 'failed', error: toStoredError(thrown, redact) })
            return
          }
          await sleep(clock, waitMs, execution.signal)
          execution.tryAgain()
        }
      }
    },
  }
}

const SUCCEEDED: Ending = Object.freeze({ kind: 'settled', state: 'succeeded', error: null })
