import type { EpochMs } from '../../clock.ts'
import { type InstanceId, occurrenceId } from '../../ids.ts'
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

export interface DueRun {
  readonly scheduler: string
  readonly job: string
  readonly scheduledFor: EpochMs
  readonly latenessMs: number
}

/** The own run of a due time. Its id follows from the due time. */
export function scheduledRun(due: DueRun, owner: Owner, now: EpochMs): NewRun {
  const { job, scheduledFor, latenessMs } = due
  return ownedRun({ id: occurrenceId(due), job, trigger: 'schedule', scheduledFor, attempt: 1, latenessMs }, owner, now)
}
