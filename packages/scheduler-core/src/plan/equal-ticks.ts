import { haveSameDueTimes } from '../schedule/same-due-times.ts'
import { planTick, type TickInput, type TickPlan, type TickPolicies } from './plan-tick.ts'

/** Plans the jobs of one tick: a plain job whose due times are those of the plain one before it gets the same plan. */
export interface TickPlanner {
  /** `planTick` for a job that nothing keeps from running, whose ledger accounts for all up to `cursor`. */
  plain(job: TickPolicies, cursor: number, now: number): TickPlan
}

/** Whether the plan follows from the due times, the cursor and the misfire policy alone. */
export function isPlain({ exclude, jitterMs }: TickPolicies, keeping: Keeping): boolean {
  const { running, inactive, held } = keeping
  return running.length === 0 && inactive.length === 0 && held === null && exclude.length === 0 && jitterMs === 0
}

/** What may keep a due time from running on time. */
export interface Keeping extends Pick<TickInput, 'inactive' | 'held'> {
  readonly running: readonly unknown[]
}

export function createTickPlanner(scheduler: string): TickPlanner {
  let last: Pick<TickInput, 'job' | 'cursor' | 'now'> | null = null
  let plan: TickPlan | null = null
  return {
    plain(job, cursor, now) {
      if (last && plan && cursor === last.cursor && now === last.now && isAlike(job, last.job)) return plan
      last = { job, cursor, now }
      plan = planTick({ scheduler, ...last, runningSince: NONE, inactive: NONE, held: null })
      return plan
    },
  }
}

function isAlike(job: TickPolicies, other: TickPolicies): boolean {
  return (
    job.misfirePolicy === other.misfirePolicy &&
    job.misfireGraceMs === other.misfireGraceMs &&
    haveSameDueTimes(job.schedule, other.schedule)
  )
}

const NONE: readonly never[] = Object.freeze([])
