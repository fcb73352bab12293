import { random } from '../../chance.ts'
import { sleep } from '../../clock.ts'
import type { SchedulerError } from '../../errors.ts'
import type { Job, JobPolicies } from '../../job/job.ts'
import { readInput } from '../../job/job-input.ts'
import type { Alarms, PendingAlarm } from '../../loop/alarms.ts'
import { planRetry } from '../../plan/plan-retry.ts'
import type { Emitter } from '../../state/emitter.ts'
import type { AttemptNotes } from './attempt-notes.ts'
import { HandlerContext, type RunContextParts } from './handler-context.ts'
import type { HandlerWatch } from './handler-watch.ts'
import type { InstanceContext } from './instance-context.ts'
import { isStillOurs } from './lose-execution.ts'
import { notePastAttempt } from './note-past-attempt.ts'
import type { Ending, RunExecution } from './run-execution.ts'
import type { RunLimit } from './run-limit.ts'
import type { RunReports } from './run-reports.ts'
import { createDiscretionOf, type Discretion } from './run-secrets.ts'
import type { StartGate } from './start-gate.ts'
import { tellObserver } from './tell-observer.ts'
import { timedOut } from './timed-out.ts'

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
  const usual = { ...context, redact: context.options.redact }

  function partsFor({ redact, logger }: Discretion): RunContextParts<S> {
    return redact === usual.redact ? usual : { ...usual, redact, logger }
  }

  /** Ends the attempt, and the run with it when no other is left. */
  function fail(execution: RunExecution, job: Job<S>, failed: Failed): void {
    const { thrown, state, reason, toStoredError } = failed
    // What a handler still throws after its attempt was timed out is of no more use than a late result.
    if (execution.nextAttemptAt !== null) return
    const waitMs = waitBeforeNextTry(execution, job, failed)
    if (state === 'failed' || waitMs !== null) logThrown(execution, failed, waitMs)
    if (execution.isOver) return
    const error = toStoredError(thrown)
    if (waitMs === null) {
      execution.end({ kind: 'settled', state, error, thrown }, reason)
      return
    }
    tellObserver(execution, failed)
    notePastAttempt(execution, { outcome: state, error }, context)
    execution.endAttempt(error, { nextAttemptAt: clock.now() + waitMs, ...(reason && { reason }) })
    notes.waits(execution)
  }

  function limitAttempt(execution: RunExecution, job: Job<S>, discretion: Discretion): PendingAlarm | null {
    const { timeoutMs } = job
    if (timeoutMs === null) return null
    const { attempt } = execution
    return alarms.set(timeoutMs, (lateMs) => {
      if (execution.isOver || execution.attempt !== attempt) return
      const reason = timedOut({ timeoutMs, limit: 'timeoutMs', lateMs })
      fail(execution, job, { thrown: reason, state: 'timed_out', reason, ...discretion })
    })
  }

  /**
   * Ends the run, as timed out if it has taken too long: a handler that blocks the event loop returns before the timers of
   * its limits fire.
   */
  function succeed(execution: RunExecution, job: Job<S>, timeout: PendingAlarm | null): void {
    if (execution.completion === null) {
      timeout?.ringIfPast(clock.monotonic())
      runLimit.expireIfPast(execution, job)
    }
    if (execution.nextAttemptAt === null) execution.end(SUCCEEDED)
  }

  /**
   * Makes an attempt, and the next one when this has failed. The handler is called in this turn, unless the job takes an
   * input.
   */
  async function attempt(execution: RunExecution, job: Job<S>, discretion: Discretion): Promise<void> {
    const timeout = limitAttempt(execution, job, discretion)
    execution.isHandlerActive = true
    try {
      const input = job.input === null ? undefined : await readInput(job, execution.claim.input ?? null)
      execution.isHandlerRunning = true
      const returned = job.handler(new HandlerContext<S>(partsFor(discretion), execution, input))
      // A handler that is done needs no other turn.
      if (returned !== undefined) await returned
      handlers.returned(execution)
      succeed(execution, job, timeout)
    } catch (thrown) {
      handlers.returned(execution)
      fail(execution, job, { thrown, state: 'failed', ...discretion })
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

/** How an attempt failed: the state of the run when no other is left, and the reason its signal aborts with. */
interface Failed extends Discretion {
  readonly thrown: unknown
  readonly state: 'failed' | 'timed_out'
  readonly reason?: SchedulerError
}

const SUCCEEDED: Ending = Object.freeze({ kind: 'settled', state: 'succeeded', error: null, thrown: null })

/** In full, with its stack and its causes: the ledger keeps less. */
function logThrown({ claim, attempt, isOver }: RunExecution, { thrown, logger }: Failed, waitMs: number | null): void {
  const fields = { job: claim.job, runId: claim.id, attempt, err: thrown }
  if (isOver) logger.info(fields, 'The handler of a run that has ended already threw')
  else if (waitMs === null) logger.error(fields, 'The handler of a run threw')
  else logger.warn({ ...fields, waitMs }, 'An attempt failed and is tried again')
}

/**
 * After `ctx.complete` the transaction may have committed. A run that may have succeeded is not tried again, and neither
 * is one whose error makes the job's own `retryable` throw: a run that nobody judges would never be settled.
 */
function waitBeforeNextTry(
  { claim, isOver, completion, attempt }: RunExecution,
  { retry }: JobPolicies,
  { thrown, logger }: Failed,
): number | null {
  if (isOver || completion) return null
  try {
    return planRetry(retry, { attempt, error: thrown, random: random() })
  } catch (err) {
    logger.error(
      { job: claim.job, runId: claim.id, attempt, err },
      'The retryable of a job threw: no other attempt begins',
    )
    return null
  }
}
