import { random } from '../../chance.ts'
import type { SchedulerError } from '../../errors.ts'
import type { Job } from '../../job/job.ts'
import type { Alarms, PendingAlarm } from '../../loop/alarms.ts'
import { planRetry } from '../../plan/plan-retry.ts'
import type { AttemptNotes } from './attempt-notes.ts'
import type { InstanceContext } from './instance-context.ts'
import { notePastAttempt } from './note-past-attempt.ts'
import type { Ending, RunExecution } from './run-execution.ts'
import type { RunLimit } from './run-limit.ts'
import type { Discretion } from './run-secrets.ts'
import { tellObserver } from './tell-observer.ts'
import { timedOut } from './timed-out.ts'

/** The ways in which an attempt ends. */
export interface AttemptEnds {
  /** Sets the limit of an attempt that begins; `null` when its job has none. */
  limit(execution: RunExecution, job: Pick<Job, 'timeoutMs' | 'retry'>, discretion: Discretion): PendingAlarm | null
  /**
   * Ends the run, as timed out if it has taken too long: a handler that blocks the event loop returns before the timers of
   * its limits fire.
   */
  succeed(execution: RunExecution, job: Limited, timeout: PendingAlarm | null): void
  /** Ends the attempt, and the run with it when no other is left. */
  fail(execution: RunExecution, job: Pick<Job, 'retry'>, failed: Failed): void
}

type Limited = Parameters<RunLimit['expireIfPast']>[1]

export interface AttemptEndsOptions {
  readonly alarms: Alarms
  readonly notes: Pick<AttemptNotes, 'waits'>
  readonly runLimit: Pick<RunLimit, 'expireIfPast'>
}

export function createAttemptEnds(
  context: Pick<InstanceContext<object>, 'clock' | 'instance'>,
  { alarms, notes, runLimit }: AttemptEndsOptions,
): AttemptEnds {
  const { clock } = context

  function fail(execution: RunExecution, job: Pick<Job, 'retry'>, failed: Failed): void {
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

  return {
    fail,
    limit(execution, job, discretion) {
      const { timeoutMs } = job
      if (timeoutMs === null) return null
      const { attempt } = execution
      return alarms.set(timeoutMs, (lateMs) => {
        if (execution.isOver || execution.attempt !== attempt) return
        const reason = timedOut({ timeoutMs, limit: 'timeoutMs', lateMs })
        fail(execution, job, { thrown: reason, state: 'timed_out', reason, ...discretion })
      })
    },
    succeed(execution, job, timeout) {
      if (execution.completion === null) {
        timeout?.ringIfPast(clock.monotonic())
        runLimit.expireIfPast(execution, job)
      }
      if (execution.nextAttemptAt === null) execution.end(SUCCEEDED)
    },
  }
}

/** How an attempt failed: the state of the run when no other is left, and the reason its signal aborts with. */
export interface Failed extends Discretion {
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
  { retry }: Pick<Job, 'retry'>,
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
