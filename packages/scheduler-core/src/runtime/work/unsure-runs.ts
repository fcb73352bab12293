import type { EpochMs } from '../../clock.ts'
import type { RunId } from '../../ids.ts'
import { createLoop, type Loop } from '../../loop/loop.ts'
import type { Run } from '../../run/ledger-entry.ts'
import type { Claim } from '../run/active-runs.ts'
import type { InstanceContext } from '../run/instance-context.ts'

/** Runs that may have been taken over here without our knowing: the commit was made, and its answer never came. */
export interface UnsureRuns extends Loop {
  note(ids: readonly RunId[]): void
}

const LOOK_MS = 1_000

/**
 * Looks in the ledger what became of the runs of a unit that failed. Those that belong to this instance are begun: only this
 * process could have. A commit may still be under way, so it looks until their lease would have ended; the sweep then finds
 * the rest.
 */
export function createUnsureRuns<S extends object>(
  context: InstanceContext<S>,
  { start }: { readonly start: (claims: readonly Claim[]) => void },
): UnsureRuns {
  const { scheduler, instance, leaseMs, store, units, active, clock, logger } = context
  const unsure = new Map<RunId, EpochMs>()

  async function look(): Promise<number> {
    const now = clock.now()
    for (const [id, until] of unsure) if (until <= now || active.has(id)) unsure.delete(id)
    if (unsure.size === 0) return Infinity
    const asked = [...unsure.keys()]
    const watch = active.watchEnds()
    try {
      const found = await units.run('read-taken-over', (session) => readAll(session, asked), { readOnly: true })
      for (const run of found) settle(run, watch.ended)
    } finally {
      watch.stop()
    }
    return unsure.size === 0 ? Infinity : LOOK_MS
  }

  async function readAll(session: S, ids: readonly RunId[]): Promise<readonly Run[]> {
    const found: Run[] = []
    for (const id of ids) {
      const [entry] = (await store.listEntries(session, { scheduler, id, limit: 1 })).items
      if (entry?.kind === 'run') found.push(entry)
    }
    return found
  }

  /** A run that is queued still may yet become ours. One that was taken over and is over since it was read began already. */
  function settle(run: Run, ended: ReadonlySet<RunId>): void {
    if (run.state === 'queued') return
    unsure.delete(run.id)
    if (ended.has(run.id)) return
    if (run.state !== 'running' || run.owner !== instance || run.releasedAt !== null || active.has(run.id)) return
    logger.warn(
      { job: run.job, runId: run.id },
      'A run had been taken over although its commit was not answered; it begins',
    )
    start([run])
  }

  const loop = createLoop({ name: 'unsure-runs', clock, logger, runOnce: look })
  return {
    ...loop,
    note(ids) {
      const until = clock.now() + leaseMs
      for (const id of ids) unsure.set(id, until)
      if (unsure.size > 0) loop.wake()
    },
  }
}
