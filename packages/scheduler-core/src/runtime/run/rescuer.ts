import { createLoop, type Idle, type Loop } from '../../loop/loop.ts'
import { planRescue } from '../../plan/plan-rescue.ts'
import type { InstanceContext } from './instance-context.ts'
import { ownedRun } from './owned-run.ts'

export interface RescuerOptions {
  readonly onOrphaned: (jobs: readonly string[]) => void
  /** Called when reruns were recorded: they are open without an owner. */
  readonly onReruns: () => void
}

const BATCH = 100
/** A test's clock leaves out sweeps this long after the last lease has ended. */
const QUIET_AFTER_MS = 300_000

/** Finds the runs whose process died, marks them orphaned, and records their reruns where the job asks for it. */
export function createRescuer<S extends object>(context: InstanceContext<S>, options: RescuerOptions): Loop {
  const { scheduler, leaseMs, jobs, names, store, units, clock, logger, follow, reports } = context
  const { sweepMs } = context.options

  async function sweep(): Promise<number | Idle> {
    const { orphans, reruns } = await rescue()
    for (const { run, settlement } of orphans) reports.orphaned(run, settlement)
    if (reruns > 0) options.onReruns()
    if (orphans.length === 0) return { sleepMs: sweepMs, quietAfterMs: leaseMs + QUIET_AFTER_MS }
    options.onOrphaned(orphans.map(({ run }) => run.job))
    return orphans.length === BATCH ? 0 : sweepMs
  }

  function mayRerun(): boolean {
    for (const { onOrphan } of jobs.values()) if (onOrphan === 'rerun') return true
    return false
  }

  function rescue() {
    const now = clock.now()
    return units.run('rescue', async (session) => {
      // Locked before all else, as everywhere: what a job asks for is as new as it can be.
      if (mayRerun()) await follow(session, (await store.lockJobs(session, { scheduler, jobs: [] })).control)
      const expired = await store.lockExpired(session, { scheduler, jobs: [...jobs.keys()], now, limit: BATCH })
      const plan = expired.map((run) => {
        const { job } = run
        return { run, ...planRescue({ run, storedAs: names.storedAs(job), job: jobs.get(job), now }) }
      })
      const settlements = plan.map(({ settlement }) => settlement)
      const results = settlements.length === 0 ? [] : await store.settle(session, { scheduler, settlements })
      const orphans = plan.filter((_, index) => results[index] === 'settled')
      const changes = plan.flatMap(({ rerun, settlement }) => {
        if (!rerun) return []
        const claim = { ...ownedRun(rerun, { ...context, queueTimeoutMs: null }, now), leaseUntil: now }
        return [{ job: settlement.job, cursor: null, unrun: [], claims: [claim], cancel: [] }]
      })
      if (changes.length > 0) await store.record(session, { scheduler, changes })
      return { orphans, reruns: changes.length }
    })
  }

  return createLoop({ name: 'rescuer', clock, logger, runOnce: sweep })
}
