import type { EpochMs } from '../../clock.ts'
import type { ControlState } from '../../control/control.ts'
import type { JobPolicies } from '../../job/job.ts'
import { coveredUntil } from '../../plan/covered-until.ts'
import { inactiveSpans } from '../../plan/inactive.ts'
import { planReschedule, withMissed } from '../../plan/plan-reschedule.ts'
import { withhold } from '../../plan/withhold.ts'
import type { JobChange } from '../../ports/job-changes.ts'
import type { JobLedger } from '../../ports/locked-jobs.ts'
import { haveSameDueTimes } from '../../schedule/same-due-times.ts'
import { type Claimant, scheduledRun } from '../run/owned-run.ts'
import { toJobChange } from './to-job-change.ts'

export interface Rescheduled {
  /** The job by its old schedule. */
  readonly job: JobPolicies
  readonly ledger: JobLedger
  readonly control: ControlState
  readonly now: EpochMs
  /** Until when the old schedule held (default now). */
  readonly heldUntil?: EpochMs
  /** Whether this instance may claim the due time that would run now. Otherwise it is missed. */
  readonly mayClaim: boolean
}

/**
 * Settles the due times of an old schedule for good; those of the new one count from now. The next tick of this
 * instance finds the run claimed but not under way, and starts it.
 */
export function reschedule(
  claimant: Claimant & { readonly scheduler: string },
  { job, ledger, control, now, heldUntil, mayClaim }: Rescheduled,
): JobChange | null {
  const { scheduler } = claimant
  const inactive = inactiveSpans(control, job.name)
  const planned = planReschedule({
    scheduler,
    job,
    now,
    cursor: coveredUntil(job.schedule, ledger),
    runningSince: ledger.running.map((run) => run.startedAt),
    inactive,
    held: null,
    ...(heldUntil !== undefined && { heldUntil }),
  })
  const cursor = Math.max(ledger.cursor, now)
  const plan = withhold({ ...planned, cursor, hold: null, cancelRunning: false, wakeAt: null }, inactive, now)
  const latenessMs = plan.run === null ? 0 : Math.max(0, now - plan.run)
  if (plan.run !== null && !mayClaim) {
    const unrun = withMissed(plan.unrun, plan.run)
    const left = { ...plan, unrun }
    return toJobChange({ scheduler, schedule: job.schedule, ledger, plan: left, claim: null, cancel: [], now })
  }
  const due = plan.run === null ? null : { job: job.name, scheduledFor: plan.run, latenessMs }
  const claim = due && scheduledRun(due, claimant, now)
  return toJobChange({ scheduler, schedule: job.schedule, ledger, plan, claim, cancel: [], now })
}

/** Whether two definitions of a job have different due times. */
export function isRescheduled(job: Pick<JobPolicies, 'schedule'>, next: Pick<JobPolicies, 'schedule'>): boolean {
  return !haveSameDueTimes(job.schedule, next.schedule)
}
