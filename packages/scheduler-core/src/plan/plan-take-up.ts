import type { EpochMs } from '../clock.ts'
import { SchedulerError } from '../errors.ts'
import type { Job } from '../job/job.ts'
import type { TakenUpRun } from '../ports/releases.ts'
import { NO_ITEMS, type Run, type Settlement } from '../run/ledger-entry.ts'
import type { ToStoredError } from '../run/stored-error.ts'

export interface TakeUpPlanInput {
  /** Open without an owner, and its wait is over or it shall be cancelled. */
  readonly run: Run
  /** The definition of the run's job in effect; `undefined` when this instance does not have it. */
  readonly job: Pick<Job, 'retry'> | undefined
  readonly now: EpochMs
  readonly toStoredError: ToStoredError
}

/** What becomes of a released run: it is taken up, without the fields of its owner, or settled. */
export type TakeUpPlan =
  | { readonly kind: 'take-up'; readonly run: Omit<TakenUpRun, 'owner' | 'leaseUntil'> }
  | { readonly kind: 'settle'; readonly run: Run; readonly settlement: Settlement; readonly thrown: SchedulerError }

/**
 * Decides about a run that is open without an owner: its next attempt begins here. Somebody may have asked meanwhile to
 * cancel it, or have lowered the attempts of its job: then it is settled. `null` when its job has left this instance
 * meanwhile: the run stays open for another one.
 */
export function planTakeUp({ run, job, now, toStoredError }: TakeUpPlanInput): TakeUpPlan | null {
  const ending = endingOf(run, job)
  if (ending) {
    const settlement = settlementOf(run, { ...ending, now, toStoredError })
    return { kind: 'settle', run, settlement, thrown: ending.error }
  }
  if (!job) return null
  const { id, fence, scheduledFor } = run
  // A rerun that nobody has begun starts now.
  const isBegun = run.attempt > run.earlierAttempts
  const latenessMs = scheduledFor === null || run.latenessMs === null ? null : Math.max(0, now - scheduledFor)
  const start = isBegun ? run : { startedAt: now, latenessMs }
  return {
    kind: 'take-up',
    run: { id, fence, attempt: run.attempt + 1, startedAt: start.startedAt, latenessMs: start.latenessMs },
  }
}

function endingOf(run: Run, job: TakeUpPlanInput['job']): Pick<Settled, 'state' | 'error'> | null {
  const behind = { cause: run.error ?? undefined }
  if (run.cancelRequested) {
    return { state: 'cancelled', error: new SchedulerError('RUN_CANCELLED', { reason: 'asked for' }, behind) }
  }
  if (!job || run.attempt < job.retry.maxAttempts) return null
  return { state: 'interrupted', error: new SchedulerError('RUN_INTERRUPTED', { job: run.job }, behind) }
}

interface Settled extends Pick<TakeUpPlanInput, 'now' | 'toStoredError'> {
  readonly state: 'cancelled' | 'interrupted'
  readonly error: SchedulerError
}

function settlementOf(run: Run, { state, error, now, toStoredError }: Settled): Settlement {
  return {
    runId: run.id,
    job: run.job,
    fence: run.fence,
    state,
    settledAt: now,
    attempt: run.attempt,
    durationMs: run.attempt > run.earlierAttempts ? run.spentMs : null,
    items: NO_ITEMS,
    calls: run.calls,
    progress: run.progress,
    error: toStoredError(error),
  }
}
