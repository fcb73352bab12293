import type { EpochMs } from '../../clock.ts'
import { type InstanceId, occurrenceId, randomRunId } from '../../ids.ts'
import type { NewRun } from '../../run/ledger-entry.ts'

/** The fields of a new run that follow from its owner and the time of the claim. */
type Ownership = 'owner' | 'startedAt' | 'leaseUntil'

export interface Owner {
  readonly instance: InstanceId
  readonly leaseMs: number
}

/** The run as this instance claims it at `now`, by the wall clock. */
export function ownedRun(run: Omit<NewRun, Ownership>, { instance, leaseMs }: Owner, now: EpochMs): NewRun {
  return { ...run, owner: instance, startedAt: now, leaseUntil: now + leaseMs }
}

/** A run of this moment beside the schedule, with an id of its own. */
export function manualRun(job: string, owner: Owner, now: EpochMs): NewRun {
  const run = { id: randomRunId(), job, trigger: 'manual', scheduledFor: null, attempt: 1, latenessMs: null } as const
  return ownedRun(run, owner, now)
}

/**
 * The run as this process asks for it, to be begun by any instance that has its job: it is open without an owner, and no
 * attempt has begun.
 */
export function openRun(run: Omit<NewRun, Ownership | 'attempt'>, { instance }: Owner, now: EpochMs): NewRun {
  return { ...run, attempt: 0, owner: instance, startedAt: now, leaseUntil: now, nextAttemptAt: now, releasedAt: now }
}

export interface DueRun {
  readonly scheduler: string
  readonly job: string
  /** The name that the job is stored under. */
  readonly storedAs: string
  readonly scheduledFor: EpochMs
  readonly latenessMs: number
}

/** The own run of a due time. Its id follows from the due time. */
export function scheduledRun(due: DueRun, owner: Owner, now: EpochMs): NewRun {
  const { scheduler, job, storedAs, scheduledFor, latenessMs } = due
  const id = occurrenceId({ scheduler, job: storedAs, scheduledFor })
  return ownedRun({ id, job, trigger: 'schedule', scheduledFor, attempt: 1, latenessMs }, owner, now)
}
