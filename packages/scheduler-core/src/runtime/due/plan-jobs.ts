import type { EpochMs } from '../../clock.ts'
import type { ControlState } from '../../control/control.ts'
import type { RunId } from '../../ids.ts'
import { type InactiveSpan, inactiveSpans } from '../../plan/inactive.ts'
import { planTick, type TickPlan, withoutRun } from '../../plan/plan-tick.ts'
import { withhold } from '../../plan/withhold.ts'
import type { JobChange, JobLedger } from '../../ports/store.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { scheduledRun } from '../run/owned-run.ts'
import type { JobSlot } from './job-slots.ts'
import type { Instants } from './scheduler-time.ts'
import { toJobChange } from './to-job-change.ts'

/** The due jobs, and what the store holds of them. */
export interface DueJobs {
  readonly scheduler: string
  readonly due: readonly JobSlot[]
  readonly ledgers: Ledgers
  readonly control: ControlState
  readonly now: Instants
  /** How many more runs this instance may start. */
  readonly free: number
}

/** The ledger of each job, by its name. */
export type Ledgers = ReadonlyMap<string, JobLedger>

/** The plan for one due job. */
export interface PlannedJob {
  readonly slot: JobSlot
  readonly ledger: JobLedger
  readonly plan: TickPlan
  /** True when its due time would run and there is no room for it now. */
  readonly starves: boolean
  /** When to look at it next, on its own timeline. */
  readonly wakeAt: EpochMs
}

/** How often to account for a paused job, a range of its due times at a time. */
export const INACTIVE_MS = 30_000
/** How often a job without room looks again, beside whenever a run settles. */
const STARVED_MS = 1_000

/** Plans the jobs that the store knows, in their order, while there is room for their runs. */
export function planJobs({ scheduler, due, ledgers, control, now: instants, free }: DueJobs): PlannedJob[] {
  let left = free
  const jobs: PlannedJob[] = []
  for (const slot of due) {
    const ledger = ledgers.get(slot.job.name)
    if (!ledger) continue
    const now = instants[slot.timeline]
    const inactive = inactiveSpans(control, slot.job.name)
    const planned = planTick({
      scheduler,
      job: slot.job,
      now,
      cursor: ledger.cursor,
      runningSince: ledger.running.length === 0 ? NONE : ledger.running.map((run) => run.startedAt),
      inactive,
      held: slot.held,
    })
    const wanted = withhold(planned, inactive, now)
    const starves = wanted.run !== null && left <= 0
    if (wanted.run !== null) left--
    const plan = starves ? { ...withoutRun(wanted, ledger.cursor), wakeAt: now + STARVED_MS } : wanted
    jobs.push({ slot, ledger, plan, starves, wakeAt: wakeAt(plan, inactive, now) })
  }
  return jobs
}

type Claimant = Pick<InstanceContext<object>, 'scheduler' | 'instance' | 'leaseMs'>

/** The changes of these plans, for the store to record. */
export function changesOf(planned: readonly PlannedJob[], claimant: Claimant, instants: Instants): JobChange[] {
  const { scheduler } = claimant
  const changes: JobChange[] = []
  for (const each of planned) {
    const { slot, ledger, plan } = each
    const claim = plan.run === null ? null : claimOf(slot, { scheduledFor: plan.run, claimant, now: instants })
    const change = toJobChange({ scheduler, ledger, plan, claim, cancel: cancelledBy(each), now: instants.wall })
    if (change) changes.push(change)
  }
  return changes
}

/** The running runs that the plan of a job ends. */
export function cancelledBy({ plan, ledger }: PlannedJob): readonly RunId[] {
  return plan.cancelRunning ? ledger.running.map((run) => run.id) : NONE
}

const NONE: readonly never[] = Object.freeze([])

interface DueClaim {
  readonly scheduledFor: EpochMs
  readonly claimant: Claimant
  readonly now: Instants
}

function claimOf({ job: { name: job }, timeline }: JobSlot, { scheduledFor, claimant, now }: DueClaim) {
  const latenessMs = Math.max(0, now[timeline] - scheduledFor)
  return scheduledRun({ scheduler: claimant.scheduler, job, scheduledFor, latenessMs }, claimant, now.wall)
}

/** Earlier than planned when a pause ends before; later while a pause lasts. */
function wakeAt(plan: TickPlan, inactive: readonly InactiveSpan[], now: EpochMs): EpochMs {
  if (inactive.length === 0) return plan.wakeAt ?? Infinity
  const ends = inactive.filter((span) => span.after <= now && now < span.upTo).map((span) => span.upTo)
  const planned = plan.wakeAt ?? Infinity
  return ends.length === 0 ? planned : Math.min(Math.max(planned, now + INACTIVE_MS), ...ends)
}
