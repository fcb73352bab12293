import { sleep } from '../../clock.ts'
import type { Job } from '../../job/job.ts'
import { readInput } from '../../job/job-input.ts'
import type { Alarms } from '../../loop/alarms.ts'
import type { Emitter } from '../../state/emitter.ts'
import { createAttemptEnds } from './attempt-ends.ts'
import type { AttemptNotes } from './attempt-notes.ts'
import { HandlerContext, type RunContextParts } from './handler-context.ts'
import type { HandlerWatch } from './handler-watch.ts'
import type { InstanceContext } from './instance-context.ts'
import { isStillOurs } from './lose-execution.ts'
import type { RunExecution } from './run-execution.ts'
import type { RunLimit } from './run-limit.ts'
import type { RunReports } from './run-reports.ts'
import { createDiscretionOf, type Discretion } from './run-secrets.ts'
import type { StartGate } from './start-gate.ts'

/** The parts of an instance that the execution of a run needs. */
export type ExecutingContext<S extends object> = Omit<RunContextParts<S>, 'redact'> &
  Pick<
    InstanceContext<S>,
    'instance' | 'leaseMs' | 'jobs' | 'active' | 'abandoned' | 'providerNames' | 'toStoredError'
  > & {
    readonly events: Pick<Emitter, 'emit' | 'isHeard'>
    readonly options: Pick<InstanceContext<S>['options'], 'redact' | 'storeStacks'>
    readonly reports: RunReports
  }

export interface AttemptsOptions {
  readonly alarms: Alarms
  readonly notes: AttemptNotes
  readonly gate: StartGate
  readonly runLimit: RunLimit
  readonly handlers: Pick<HandlerWatch, 'returned'>
}

/** Runs the attempts of runs. */
export interface Attempts<S> {
  /**
   * Tries the handler until it succeeds, no attempt is left, or the run is ended from outside. An attempt that takes
   * longer than `timeoutMs` has failed; the next one begins when its handler has returned, and never beside it. A late
   * result is ignored. Call it while the run is ours.
   */
  begin(execution: RunExecution, job: Job<S>): void
}

export function createAttempts<S extends object>(
  context: ExecutingContext<S>,
  { alarms, notes, gate, runLimit, handlers }: AttemptsOptions,
): Attempts<S> {
  const { clock } = context
  const discretionOf = createDiscretionOf<S>(context)
  const ends = createAttemptEnds(context, { alarms, notes, runLimit })
  const usual = { ...context, redact: context.options.redact }

  function partsFor({ redact, logger }: Discretion): RunContextParts<S> {
    return redact === usual.redact ? usual : { ...usual, redact, logger }
  }

  /**
   * Makes an attempt, and the next one when this has failed. The handler is called in this turn, unless the job takes an
   * input.
   */
  async function attempt(execution: RunExecution, job: Job<S>, discretion: Discretion): Promise<void> {
    const timeout = ends.limit(execution, job, discretion)
    execution.isHandlerActive = true
    try {
      const input = job.input === null ? undefined : await readInput(job, execution.claim.input ?? null)
      execution.isHandlerRunning = true
      const returned = job.handler(new HandlerContext<S>(partsFor(discretion), execution, input))
      // A handler that is done needs no other turn.
      if (returned !== undefined) await (returned as Promise<unknown>)
      handlers.returned(execution)
      ends.succeed(execution, job, timeout)
    } catch (thrown) {
      handlers.returned(execution)
      ends.fail(execution, job, { thrown, state: 'failed', ...discretion })
    } finally {
      execution.isHandlerActive = false
      timeout?.cancel()
    }
    if (!execution.isOver && (await beginNext(execution, job))) void attempt(execution, job, discretion)
  }

  /** Waits for the next attempt and begins it. A pause makes it wait longer, and does not count as time of the run. */
  async function beginNext(execution: RunExecution, job: Job<S>): Promise<boolean> {
    const signal = execution.whileWaiting
    await sleep(clock, (execution.nextAttemptAt ?? 0) - clock.now(), signal)
    if (!execution.isOver && !gate.isOpen(job.name)) {
      const goOn = runLimit.hold(execution, job)
      await gate.whenOpen(job.name, signal)
      goOn()
    }
    return isStillOurs(execution, context) && (await notes.begins(execution))
  }

  return {
    begin: (execution, job) => void attempt(execution, job, discretionOf(job, execution.claim)),
  }
}
