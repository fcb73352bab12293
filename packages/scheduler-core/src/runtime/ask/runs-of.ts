import type { EpochMs } from '../../clock.ts'
import { occurrenceId } from '../../ids.ts'
import type { Store } from '../../ports/store.ts'
import type { Run } from '../../run/ledger-entry.ts'

/** A due time of a job in a store. */
export interface DueTime<S> {
  readonly store: Store<S>
  readonly session: S
  readonly scheduler: string
  readonly job: string
  readonly scheduledFor: EpochMs
}

/**
 * The due time's own run and its reruns, in their order. The id of a rerun follows from the number of its first attempt,
 * which is one more than the last attempt of the run before it.
 */
export async function runsOf<S>({ store, session, ...due }: DueTime<S>): Promise<readonly Run[]> {
  const runs: Run[] = []
  for (let attempt = 1; ; ) {
    const id = occurrenceId({ ...due, attempt })
    const { items } = await store.listEntries(session, { scheduler: due.scheduler, id, limit: 1 })
    const [entry] = items
    if (entry?.kind !== 'run') return runs
    runs.push(entry)
    // A rerun that nobody has begun still has the last attempt of the run before it.
    attempt = Math.max(entry.attempt, attempt) + 1
  }
}
