import type { EpochMs } from '../../clock.ts'
import type { ControlState } from '../../control/control.ts'
import type { RunId } from '../../ids.ts'
import type { JobPolicies } from '../../job/job.ts'
import { coveredUntil } from '../../plan/covered-until.ts'
import { type InactiveSpan, inactiveSpansOf } from '../../plan/inactive.ts'
import { type TickPlan, withoutRun } from '../../plan/plan-tick.ts'
import { createTickPlanner } from '../../plan/tick-planner.ts'
import { withhold } from '../../plan/withhold.ts'
import type { JobChange } from '../../ports/job-changes.ts'
import type { JobLedger, RunningRun } from '../../ports/locked-jobs.ts'
import type { NewRun } from '../../run/ledger-entry.ts'
import { type Claimant, scheduledRun } from '../run/owned-run.ts'
import type { JobSlot } from './job-slots.ts'
import type { Ledgers } from './ledgers-of.ts'
import type { Instants, Timeline } from './scheduler-time.ts'
import { toJobChange } from './to-job-change.ts'

/** The due jobs, and what the store holds of them, in the same order. */
export interface DueJobs {
  readonly scheduler: string
  readonly due: readonly JobSlot[]
  readonly ledgers: Ledgers
  readonly control: ControlState
  readonly now: Instants
  /** The clock that each job follows now. */
  readonly timelines: readonly Timeline[]
  /** How many more runs this instance may start. */
  readonly free: number
  /** Whether the due times of a job are left to other instances. */
  readonly isLeft: (job: JobPolicies) => boolean
}

/** The plan for one due job. */
export interface PlannedJob {
  readonly slot: JobSlot
  /** With the cursor as this process sees it. */
  readonly ledger: JobLedger
  readonly plan: TickPlan
  /** True when its due time would run and there is no room for it now. */
  readonly starves: boolean
  /** The clock that the plan is made by. */
  readonly timeline: Timeline
  /** When to look at it next, on its own timeline. */
  readonly wakeAt: EpochMs
}

/** How often to account for a paused job, a range of its due times at a time. */
export const INACTIVE_MS = 30_000
/** How often a job without room looks again, beside whenever a run settles. */
const STARVED_MS = 1_000

/** Plans the jobs that the store knows, in their order, while there is room for their runs. */
export function planJobs(dueJobs: DueJobs): PlannedJob[] {
  const { scheduler, due, ledgers, control, now: instants, timelines, free, isLeft } = dueJobs
  const planner = createTickPlanner(scheduler)
  const inactiveOf = inactiveSpansOf(control)
  let left = free
  const jobs: PlannedJob[] = []
  for (let place = 0; place < due.length; place++) {
    const slot = due[place]
    const known = ledgers[place]
    if (!slot || !known) continue
    const { job, held } = slot
    const cursor = coveredUntil(job.schedule, known)
    const ledger = cursor === known.cursor ? known : { ...known, cursor }
    const { running } = known
    const timeline = timelines[place] ?? slot.timeline
    const now = instants[timeline]
    if (isLeft(job)) {
      jobs.push({ slot, ledger, plan: leaving(cursor), starves: false, timeline, wakeAt: now + INACTIVE_MS })
      continue
    }
    const inactive = inactiveOf(job.name)
    const wanted = withhold(planner.plan({ job, now, cursor, running, inactive, held }), inactive, now)
    const starves = wanted.run !== null && left <= 0
    if (wanted.run !== null) left--
    const plan = starves ? { ...withoutRun(wanted, cursor), wakeAt: now + STARVED_MS } : wanted
    jobs.push({ slot, ledger, plan, starves, timeline, wakeAt: wakeAt(plan, inactive, now) })
  }
  return jobs
}

/** Decides nothing of the job. */
function leaving(cursor: EpochMs): TickPlan {
  return { unrun: NONE, run: null, hold: null, cancelRunning: false, cursor, wakeAt: null }
}

/** The changes of these plans, for the store to record. `ended` are runs that this unit has cancelled already. */
export function changesOf(
  planned: readonly PlannedJob[],
  claimant: Claimant & { readonly scheduler: string },
  { instants, ended }: { readonly instants: Instants; readonly ended: ReadonlySet<RunId> },
): JobChange[] {
  const { scheduler } = claimant
  const { wall: now } = instants
  const changes: JobChange[] = []
  for (const each of planned) {
    const { slot, ledger, plan } = each
    const { schedule } = slot.job
    const claim = claimOf(each, claimant, instants)
    const cancel = cancelledBy(each).filter((id) => !ended.has(id))
    const change = toJobChange({ scheduler, schedule, ledger, plan, claim, cancel, now })
    if (change) changes.push(change)
  }
  return changes
}

/** The runs that the plans of these jobs end. */
export function endedBy(planned: readonly PlannedJob[]): readonly (RunningRun & { readonly job: string })[] {
  const ended: (RunningRun & { readonly job: string })[] = []
  for (const { plan, ledger } of planned)
    if (plan.cancelRunning) for (const run of ledger.running) ended.push({ ...run, job: ledger.job })
  return ended
}

/** The running runs that the plan of a job ends. */
export function cancelledBy({ plan, ledger }: PlannedJob): readonly RunId[] {
  return plan.cancelRunning ? ledger.running.map((run) => run.id) : NONE
}

const NONE: readonly never[] = Object.freeze([])

function claimOf({ slot, plan, timeline }: PlannedJob, claimant: Claimant, now: Instants): NewRun | null {
  const { run: scheduledFor } = plan
  if (scheduledFor === null) return null
  const latenessMs = Math.max(0, now[timeline] - scheduledFor)
  return scheduledRun({ job: slot.job.name, scheduledFor, latenessMs }, claimant, now.wall)
}

/** Earlier than planned when a pause ends before; later while a pause lasts. */
function wakeAt(plan: TickPlan, inactive: readonly InactiveSpan[], now: EpochMs): EpochMs {
  if (inactive.length === 0) return plan.wakeAt ?? Infinity
  const ends = inactive.filter((span) => span.after <= now && now < span.upTo).map((span) => span.upTo)
  const planned = plan.wakeAt ?? Infinity
  return ends.length === 0 ? planned : Math.min(Math.max(planned, now + INACTIVE_MS), ...ends)
}
