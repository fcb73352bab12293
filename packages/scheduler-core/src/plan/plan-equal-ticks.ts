import { haveSameDueTimes } from '../schedule/same-due-times.ts'
import { planTick, type TickInput, type TickPlan } from './plan-tick.ts'

/**
 * Makes a `planTick` for the jobs of one tick. A job whose due times are those of the job before, whose ledger accounts for
 * as many, and which nothing keeps from running gets the same plan.
 */
export function createTickPlanner(): (input: TickInput) => TickPlan {
  let last: { readonly input: TickInput; readonly plan: TickPlan } | null = null
  return (input) => {
    if (last && isAlike(input, last.input)) return last.plan
    const plan = planTick(input)
    last = isPlain(input) ? { input, plan } : null
    return plan
  }
}

/** Whether the plan follows from the due times, the cursor and the misfire policy alone. */
function isPlain({ inactive, runningSince, held, job }: TickInput): boolean {
  return (
    inactive.length === 0 &&
    runningSince.length === 0 &&
    held === null &&
    job.exclude.length === 0 &&
    job.jitterMs === 0
  )
}

function isAlike(input: TickInput, plain: TickInput): boolean {
  const { job, cursor, now } = input
  return (
    cursor === plain.cursor &&
    now === plain.now &&
    job.misfirePolicy === plain.job.misfirePolicy &&
    job.misfireGraceMs === plain.job.misfireGraceMs &&
    haveSameDueTimes(job.schedule, plain.job.schedule) &&
    isPlain(input)
  )
}
