import type { EpochMs } from '../clock.ts'
import { SchedulerError } from '../errors.ts'
import { occurrenceId, type RunId, randomRunId } from '../ids.ts'
import type { Job } from '../job/job.ts'
import type { NewRun, Run, Settlement } from '../run/ledger-entry.ts'
import { toPastError, withPastAttempt } from '../run/past-attempt.ts'

export interface RescueInput {
  readonly run: Run
  /** The name that the run's job is stored under (default the run's own). */
  readonly storedAs?: string
  /** The definition of the run's job, when this instance has one. */
  readonly job: Pick<Job, 'onOrphan' | 'retry'> | undefined
  readonly now: EpochMs
}

export interface RescuePlan {
  readonly settlement: Settlement
  /**
   * The run that replaces the orphan, open without an owner, and without the fields of an owner; `null` when the run is
   * not run again.
   */
  readonly rerun: Omit<NewRun, 'owner' | 'startedAt' | 'leaseUntil'> | null
}

/**
 * Decides about a run whose lease expired: it is settled as orphaned, and run again within `maxAttempts` if its job
 * says so, after the wait that was left when its process died between two attempts. Neither a backfill nor a run that
 * somebody has cancelled is run again. The rerun waits without an owner until its job may start.
 */
export function planRescue({ run, storedAs = run.job, job, now }: RescueInput): RescuePlan {
  const orphaned = new SchedulerError('RUN_ORPHANED', { runId: run.id })
  const settlement: Settlement = {
    runId: run.id,
    job: run.job,
    fence: run.fence,
    state: 'orphaned',
    settledAt: now,
    attempt: run.attempt,
    // The duration of a crashed run is unknown.
    durationMs: null,
    items: run.items,
    calls: run.calls,
    progress: run.progress,
    error: { code: orphaned.code, name: orphaned.name, message: orphaned.message },
  }
  const died = {
    attempt: run.attempt,
    startedAt: run.startedAt,
    endedAt: now,
    instance: run.owner,
    outcome: 'orphaned',
    error: settlement.error && toPastError(settlement.error),
  } as const
  const isOver = run.trigger === 'backfill' || run.cancelRequested
  const isAsked = job?.onOrphan === 'rerun' && !isOver && run.attempt < job.retry.maxAttempts
  if (!isAsked) return { settlement, rerun: null }
  const { scheduledFor, attempt, pastAttempts = [] } = run
  return {
    settlement,
    rerun: {
      id: scheduledFor === null ? randomRunId() : rerunId({ ...run, job: storedAs }, scheduledFor),
      job: run.job,
      trigger: 'rerun',
      scheduledFor,
      attempt,
      earlierAttempts: attempt,
      nextAttemptAt: run.nextAttemptAt,
      releasedAt: now,
      // Between two attempts, the last one had ended.
      pastAttempts: run.nextAttemptAt === null ? withPastAttempt(pastAttempts, died) : pastAttempts,
      latenessMs: scheduledFor === null ? null : Math.max(0, now - scheduledFor),
      // Where a secret was left out of it, the rerun fails with `INPUT_LOST`.
      input: run.input,
    },
  }
}

/** The id follows from the number of the rerun's first attempt: `runsOf` finds the reruns of a due time by it. */
function rerunId({ scheduler, job, attempt }: Run, scheduledFor: EpochMs): RunId {
  return occurrenceId({ scheduler, job, scheduledFor, attempt: attempt + 1 })
}
