import type { EpochMs } from '../clock.ts'
import type { RunningRun } from '../ports/locked-jobs.ts'
import { haveSameDueTimes } from '../schedule/same-due-times.ts'
import { planTick, type TickInput, type TickPlan, type TickPolicies } from './plan-tick.ts'

/** Plans the jobs of one tick. */
export interface TickPlanner {
  /**
   * `planTick` for one job. A job that nothing keeps from running gets the plan of the one before, when both have the same
   * due times and their ledgers account for as many.
   */
  plan(standing: Standing): TickPlan
}

/** A due job and its ledger. */
export interface Standing extends Pick<TickInput, 'job' | 'now' | 'cursor' | 'inactive' | 'held'> {
  readonly running: readonly Pick<RunningRun, 'startedAt'>[]
}

export function createTickPlanner(scheduler: string): TickPlanner {
  let job: TickPolicies | null = null
  let cursor: EpochMs = Number.NaN
  let now: EpochMs = Number.NaN
  let plan: TickPlan | null = null

  function planned({ running, ...standing }: Standing): TickPlan {
    return planTick({ scheduler, ...standing, runningSince: running.map((run) => run.startedAt) })
  }

  return {
    plan(standing) {
      if (!isPlain(standing)) return planned(standing)
      const isAgain = standing.cursor === cursor && standing.now === now && job && isAlike(standing.job, job)
      if (plan && isAgain) return plan
      ;({ job, cursor, now } = standing)
      plan = planned(standing)
      return plan
    },
  }
}

/** Whether the plan follows from the due times, the cursor and the misfire policy alone. */
function isPlain({ job, running, inactive, held }: Standing): boolean {
  return (
    running.length === 0 && inactive.length === 0 && held === null && job.exclude.length === 0 && job.jitterMs === 0
  )
}

function isAlike(job: TickPolicies, other: TickPolicies): boolean {
  return (
    job.misfirePolicy === other.misfirePolicy &&
    job.misfireGraceMs === other.misfireGraceMs &&
    haveSameDueTimes(job.schedule, other.schedule)
  )
}
