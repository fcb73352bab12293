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

/** Jobs whose time has come, and what the store says of them. */
export interface DueJobs {
  readonly scheduler: string
  readonly due: readonly JobSlot[]
  readonly ledgers: Ledgers
  readonly control: ControlState
  readonly now: Instants
  /** How many more runs this instance may have. */
  readonly free: number
}

/** What the store says of each job, by its name. */
export type Ledgers = ReadonlyMap<string, JobLedger>

/** What becomes of one due job. */
export interface PlannedJob {
  readonly slot: JobSlot
  readonly ledger: JobLedger
  readonly plan: TickPlan
  /** Its due time would run, and there is no room for it now. */
  readonly starves: boolean
  /** When to look at it next, on its own timeline. */
  readonly wakeAt: EpochMs
}

/** A paused job is accounted for this often, a range of its due times at a time. */
export const INACTIVE_MS = 30_000
/** A job that found no room looks again this often, and whenever a run settles. */
const STARVED_MS = 1_000

/** Plans the jobs that the store knows, in their order: while there is room for their runs. */
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

/** What the store is to record of these plans. */
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

/** The running runs that the plan of a job wants to be ended. */
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

/** Earlier than the plan says when a pause ends before; later while a pause goes on. */
function wakeAt(plan: TickPlan, inactive: readonly InactiveSpan[], now: EpochMs): EpochMs {
  if (inactive.length === 0) return plan.wakeAt ?? Infinity
  const ends = inactive.filter((span) => span.after <= now && now < span.upTo).map((span) => span.upTo)
  const planned = plan.wakeAt ?? Infinity
  return ends.length === 0 ? planned : Math.min(Math.max(planned, now + INACTIVE_MS), ...ends)
}
