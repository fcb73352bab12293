import type { RunId } from '../../ids.ts'
import { createLoop, type Loop } from '../../loop/loop.ts'
import { mayStart } from '../../plan/inactive.ts'
import { planRescue } from '../../plan/plan-rescue.ts'
import type { ClaimedRun } from '../../ports/store.ts'
import type { InstanceContext } from './instance-context.ts'
import { ownedRun } from './owned-run.ts'

export interface RescuerOptions {
  readonly onOrphaned: (jobs: readonly string[]) => void
  /** Starts a rerun that was claimed. */
  readonly start: (claims: readonly ClaimedRun[]) => void
}

const BATCH = 100

/**
 * Finds the runs whose process died, marks them orphaned, and claims them again where the job asks for it and may
 * start.
 */
export function createRescuer<S extends object>(context: InstanceContext<S>, options: RescuerOptions): Loop {
  const { scheduler, jobs, store, units, active, clock, logger } = context
  const { sweepMs } = context.options

  async function sweep(): Promise<number> {
    const reserved = new Set<RunId>()
    try {
      const { orphans, claims } = await rescue(reserved)
      for (const { job, runId } of orphans)
        logger.error({ job, runId }, 'A run was orphaned: its process did not renew its lease')
      if (orphans.length > 0) options.onOrphaned(orphans.map(({ job }) => job))
      options.start(claims)
      for (const { id } of claims) reserved.delete(id)
      return orphans.length === BATCH ? 0 : sweepMs
    } finally {
      for (const id of reserved) active.release(id)
    }
  }

  function mayRerun(): boolean {
    for (const { onOrphan } of jobs.values()) if (onOrphan === 'rerun') return true
    return false
  }

  /**
   * Reruns are reserved before their commit: a tick may see them in the ledger before this instance hears of the
   * commit.
   */
  function rescue(reserved: Set<RunId>) {
    const now = clock.now()
    return units.run('rescue', async (session) => {
      // Locked before all else, as everywhere: nobody can pause or stop what is about to be started again.
      const control = mayRerun() ? (await store.lockJobs(session, { scheduler, jobs: [] })).control : null
      const expired = await store.lockExpired(session, { scheduler, now, limit: BATCH })
      const plan = expired.map((run) => {
        const { job } = run
        return planRescue({ run, job: jobs.get(job), mayStart: control !== null && mayStart(control, job, now), now })
      })
      const orphans = plan.map(({ settlement }) => settlement)
      if (orphans.length > 0) await store.settle(session, { scheduler, settlements: orphans })
      const changes = plan.flatMap(({ rerun, settlement }) => {
        if (!rerun) return []
        reserved.add(rerun.id)
        active.reserve(rerun.id)
        const claim = ownedRun(rerun, context, now)
        return [{ job: settlement.job, cursor: null, unrun: [], claims: [claim], cancel: [] }]
      })
      const claims = changes.length > 0 ? await store.record(session, { scheduler, changes }) : []
      return { orphans, claims }
    })
  }

  return createLoop({ name: 'rescuer', clock, logger, runOnce: sweep })
}
