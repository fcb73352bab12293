import type { EpochMs } from '../clock.ts'
import { occurrenceId, type RunId, randomRunId } from '../ids.ts'
import type { Job } from '../job/job.ts'
import type { NewRun, Run, Settlement } from '../run/ledger-entry.ts'

export interface RescueInput {
  readonly run: Run
  /** The definition of the run's job, when this instance has one. */
  readonly job: Pick<Job, 'onOrphan' | 'retry'> | undefined
  /** Whether runs of the job may start now. */
  readonly mayStart: boolean
  readonly now: EpochMs
}

export interface RescuePlan {
  readonly settlement: Settlement
  /** The run that replaces the orphan, without the fields of its owner; `null` when the run is not run again. */
  readonly rerun: Omit<NewRun, 'owner' | 'startedAt' | 'leaseUntil'> | null
}

/**
 * Decides about a run whose lease expired: it is settled as orphaned, and run again within `maxAttempts` if its job
 * says so. A backfill is never run again, and nothing starts while the job or the scheduler is paused or stopped.
 */
export function planRescue({ run, job, mayStart, now }: RescueInput): RescuePlan {
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
    error: { code: 'ORPHANED', name: 'OrphanedRun', message: 'The process that ran this did not renew its lease.' },
  }
  const asked = job?.onOrphan === 'rerun' && run.trigger !== 'backfill' && run.attempt < job.retry.maxAttempts
  if (!asked || !mayStart) return { settlement, rerun: null }
  const { scheduledFor } = run
  const attempt = run.attempt + 1
  return {
    settlement,
    rerun: {
      id: scheduledFor === null ? randomRunId() : rerunId(run, scheduledFor, attempt),
      job: run.job,
      trigger: 'rerun',
      scheduledFor,
      attempt,
      latenessMs: scheduledFor === null ? null : Math.max(0, now - scheduledFor),
    },
  }
}

function rerunId({ scheduler, job }: Run, scheduledFor: EpochMs, attempt: number): RunId {
  return occurrenceId({ scheduler, job, scheduledFor, attempt })
}
