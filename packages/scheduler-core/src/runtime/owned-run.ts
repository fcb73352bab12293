import type { EpochMs } from '../clock.ts'
import type { InstanceId } from '../ids.ts'
import type { NewRun } from '../run/ledger-entry.ts'

/** What of a new run follows from who claims it, and when. */
type Ownership = 'owner' | 'startedAt' | 'leaseUntil'

export interface Owner {
  readonly instance: InstanceId
  readonly leaseMs: number
}

/** The run as this instance claims it at `now`, on the wall. */
export function ownedRun(run: Omit<NewRun, Ownership>, { instance, leaseMs }: Owner, now: EpochMs): NewRun {
  return { ...run, owner: instance, startedAt: now, leaseUntil: now + leaseMs }
}
