import type { EpochMs } from '../../clock.ts'
import { type InstanceId, type OccurrenceIds, randomRunId } from '../../ids.ts'
import type { NewRun } from '../../run/ledger-entry.ts'
import type { JobNames } from '../../state/job-names.ts'

/** The fields of a new run that follow from its owner and the time of the claim. */
type Ownership = 'owner' | 'startedAt' | 'leaseUntil'

export interface Owner {
  readonly instance: InstanceId
  readonly leaseMs: number
  /** Given where an engine carries the runs to workers: they are claimed as queued. */
  readonly queueTimeoutMs: number | null
}

/** The run as this instance claims it at `now`, by the wall clock. */
export function ownedRun(run: Omit<NewRun, Ownership>, owner: Owner, now: EpochMs): NewRun {
  const { instance, leaseMs, queueTimeoutMs } = owner
  if (queueTimeoutMs !== null) return queuedRun(run, { instance, queueTimeoutMs }, now)
  return { ...run, owner: instance, startedAt: now, leaseUntil: now + leaseMs }
}

/** The run as it waits for a worker. */
function queuedRun(
  run: Omit<NewRun, Ownership>,
  { instance: owner, queueTimeoutMs }: { readonly instance: InstanceId; readonly queueTimeoutMs: number },
  now: EpochMs,
): NewRun {
  const queued = { attempt: 0, latenessMs: null, queuedAt: now }
  return { ...run, ...queued, owner, startedAt: now, leaseUntil: now + queueTimeoutMs }
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
export function openRun(
  run: Omit<NewRun, Ownership | 'attempt'>,
  { instance }: Pick<Owner, 'instance'>,
  now: EpochMs,
): NewRun {
  return { ...run, attempt: 0, owner: instance, startedAt: now, leaseUntil: now, nextAttemptAt: now, releasedAt: now }
}

export interface DueRun {
  readonly job: string
  readonly scheduledFor: EpochMs
  readonly latenessMs: number
}

/** Who claims due times, and what makes the ids of their runs. */
export interface Claimant extends Owner {
  readonly occurrenceIds: OccurrenceIds
  readonly names: Pick<JobNames, 'storedAs'>
}

/** The own run of a due time. Its id follows from the due time. */
export function scheduledRun({ job, scheduledFor, latenessMs }: DueRun, claimant: Claimant, now: EpochMs): NewRun {
  const { instance: owner, leaseMs, queueTimeoutMs, occurrenceIds, names } = claimant
  const id = occurrenceIds.of(names.storedAs(job), scheduledFor)
  if (queueTimeoutMs !== null) {
    const run = { id, job, trigger: 'schedule', scheduledFor, attempt: 0, latenessMs: null } as const
    return queuedRun(run, { instance: owner, queueTimeoutMs }, now)
  }
  return {
    id,
    job,
    trigger: 'schedule',
    scheduledFor,
    attempt: 1,
    latenessMs,
    owner,
    startedAt: now,
    leaseUntil: now + leaseMs,
  }
}
