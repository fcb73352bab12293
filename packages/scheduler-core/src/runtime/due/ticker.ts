import type { Clock, EpochMs } from '../../clock.ts'
import type { ControlState } from '../../control/control.ts'
import type { InstanceId, RunId } from '../../ids.ts'
import { createLoop, type Loop } from '../../loop/loop.ts'
import { type InactiveSpan, inactiveSpans } from '../../plan/inactive.ts'
import { planTick, type TickPlan, withoutRun } from '../../plan/plan-tick.ts'
import { withhold } from '../../plan/withhold.ts'
import type { Logger } from '../../ports/logger.ts'
import type { JobChange, JobLedger, Store, UnreadableJob } from '../../ports/store.ts'
import type { NewRun } from '../../run/ledger-entry.ts'
import type { Units } from '../../session/units.ts'
import type { Configuration } from '../../state/configuration.ts'
import type { SchedulerState } from '../../state/scheduler-state.ts'
import type { ActiveRuns, Claim } from '../run/active-runs.ts'
import { batchSize } from '../run/batch-size.ts'
import { scheduledRun } from '../run/owned-run.ts'
import type { JobSlot, JobSlots } from './job-slots.ts'
import { createLockedJobs } from './locked-jobs.ts'
import { createSchedulerTime, type Instants } from './scheduler-time.ts'
import { soundJobs } from './sound-jobs.ts'
import { toJobChange } from './to-job-change.ts'

export interface TickerOptions<S> {
  readonly scheduler: string
  readonly instance: InstanceId
  readonly leaseMs: number
  /** How many runs this instance may have at a time, and whether the jobs have changed. */
  readonly configuration: Pick<Configuration<S>, 'concurrency' | 'revision'>
  readonly store: Store<S>
  readonly units: Units<S>
  readonly slots: JobSlots
  readonly active: ActiveRuns
  readonly state: SchedulerState
  readonly clock: Clock
  readonly logger: Logger
  /** Told which jobs were looked at, and which of them the store could not read. */
  readonly onLocked: (jobs: readonly string[], unreadable: readonly UnreadableJob[]) => void
  readonly start: (claims: readonly Claim[]) => void
  /** Aborts those of these runs that are under way here. */
  readonly cancel: (runs: readonly RunId[]) => void
}

export interface Ticker extends Loop {
  /** Plans every job anew: what was wanted of them has changed. */
  replan(): void
  /** Plans one job anew: one of its runs has settled. */
  runSettled(job: string): void
}

/** With more due than one batch, the next follows at once for this long; then others get their turn. */
const ROUND_MS = 10
/** A paused job is accounted for this often, a range of its due times at a time. */
const INACTIVE_MS = 30_000
/** A job that found no room looks again this often, and whenever a run settles. */
const STARVED_MS = 1_000
/**
 * So long a tick waits for rows that were free when it last looked: another tick or a settlement holds them for less. A
 * job whose row somebody holds for longer is passed over from then on, and delays no other.
 */
const LOCK_WAIT_MS = 150

/** Watches the due times and claims their runs: lock the due jobs, plan, record, start. */
export function createTicker<S>(options: TickerOptions<S>): Ticker {
  const { scheduler, store, units, slots, active, state, configuration, clock, logger } = options
  const batchLimit = batchSize(store)
  const time = createSchedulerTime(clock)
  const lockedJobs = createLockedJobs(logger)
  const starved = new Set<JobSlot>()
  /** Those that hold a due time back until a run settles. */
  const holding = new Map<string, JobSlot>()
  let { revision } = configuration

  async function tick(): Promise<number> {
    const until = clock.monotonic() + ROUND_MS
    do {
      if (!state.isOpen || state.desired === 'stopped') return INACTIVE_MS
      if ((await tickBatch()) < batchLimit) break
    } while (clock.monotonic() < until)
    return untilNext()
  }

  /** Answers how many jobs were due. */
  async function tickBatch(): Promise<number> {
    const due = slots.takeDue(time.read(), batchLimit)
    if (due.length === 0) return 0
    try {
      await tickJobs(
        due.filter((slot) => !lockedJobs.has(slot)),
        LOCK_WAIT_MS,
      )
      await tickJobs(due.filter(lockedJobs.has), 0)
    } catch (error) {
      lookAgain(due)
      throw error
    }
    return due.length
  }

  function untilNext(): number {
    return slots.untilNext(time.read())
  }

  function lookAgain(again: Iterable<JobSlot>): void {
    const now = time.read()
    for (const slot of again) slots.schedule(slot, now[slot.timeline])
  }

  async function tickJobs(due: readonly JobSlot[], waitMs: number): Promise<void> {
    if (due.length === 0) return
    const names = due.map((slot) => slot.job.name)
    const work = async (session: S) => {
      const locked = soundJobs(await store.lockJobs(session, { scheduler, jobs: names, waitMs }), clock.now())
      options.onLocked(names, locked.unreadable ?? [])
      // What was commanded elsewhere holds for this very tick: nobody can change it until the locks are released.
      state.adopt(locked.control)
      refreshSlots()
      // Read after the locks were granted: waiting for them may have taken its time.
      const ledgers = new Map<string, JobLedger>()
      for (const ledger of locked.jobs) ledgers.set(ledger.job, ledger)
      const now = readTime(due, ledgers)
      const passedOver = new Set(locked.locked)
      const free = passedOver.size === 0 ? due : due.filter(({ job }) => !passedOver.has(job.name))
      const planned = planJobs({ due: free, ledgers, control: locked.control, now })
      const forgotten = forgottenRuns(planned)
      const changes = changesOf(planned, now)
      const claimed = changes.length > 0 ? await store.record(session, { scheduler, changes }) : []
      return { now, free, planned, claimed, forgotten }
    }
    const { now, free, planned, claimed, forgotten } = await units.run('tick', work, {
      wrote: ({ claimed }) => claimed.length > 0,
    })
    noteLocked(due, { free, now })
    for (const { slot, plan, inactive, starves } of planned) {
      hold(slot, plan.hold)
      if (starves) starved.add(slot)
      slots.schedule(slot, wakeAt(plan, inactive, now[slot.timeline]))
    }
    options.cancel(planned.flatMap(cancelled))
    options.start(forgotten.length === 0 ? claimed : [...claimed, ...forgotten])
  }

  function noteLocked(due: readonly JobSlot[], { free, now }: { free: readonly JobSlot[]; now: Instants }): void {
    for (const slot of free) lockedJobs.found(slot)
    if (free === due) return
    const found = new Set(free)
    for (const slot of due) {
      if (!found.has(slot)) slots.schedule(slot, now[slot.timeline] + lockedJobs.passedOver(slot))
    }
  }

  /** Asked under the locks: a run that settles afterwards would look as if it had never started. */
  function forgottenRuns(planned: readonly Planned[]): Claim[] {
    const forgotten: Claim[] = []
    for (const { slot, ledger } of planned) {
      for (const run of active.forgotten(ledger, options.instance)) forgotten.push({ ...run, job: slot.job.name })
    }
    return forgotten
  }

  function refreshSlots(): void {
    if (configuration.revision === revision) return
    revision = configuration.revision
    lookAgain(slots.refresh())
  }

  /** A grid that was accounted for beyond our steady time, by a process whose clock was ahead, goes on from there. */
  function readTime(due: readonly JobSlot[], ledgers: Ledgers): Instants {
    for (const { job, timeline } of due) {
      const ledger = timeline === 'steady' ? ledgers.get(job.name) : undefined
      if (ledger) time.reach(ledger.cursor)
    }
    return time.read()
  }

  function hold(slot: JobSlot, due: EpochMs | null): void {
    if (due !== null) holding.set(slot.job.name, slot)
    else if (slot.held !== null) holding.delete(slot.job.name)
    slot.held = due
  }

  function planJobs({ due, ledgers, control, now: instants }: DueJobs): Planned[] {
    let free = configuration.concurrency - active.size
    const jobs: Planned[] = []
    for (const slot of due) {
      const ledger = ledgers.get(slot.job.name)
      if (!ledger) {
        lookLater(slot, instants)
        continue
      }
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
      const plan = withhold(planned, inactive, now)
      const starves = plan.run !== null && free <= 0
      if (plan.run !== null) free--
      jobs.push({
        slot,
        ledger,
        inactive,
        plan: starves ? { ...withoutRun(plan, ledger.cursor), wakeAt: now + STARVED_MS } : plan,
        starves,
      })
    }
    return jobs
  }

  /** Somebody has deleted the job from the store, or spoilt it. It is not silent for good: it goes on once it is mended. */
  function lookLater(slot: JobSlot, instants: Instants): void {
    logger.error(
      { job: slot.job.name },
      'The store does not know a job that is due, or cannot read it; it is looked for again',
    )
    slots.schedule(slot, instants[slot.timeline] + INACTIVE_MS)
  }

  function changesOf(planned: readonly Planned[], instants: Instants): JobChange[] {
    const changes: JobChange[] = []
    for (const each of planned) {
      const { slot, ledger, plan } = each
      const claim = plan.run === null ? null : claimOf(slot, plan.run, instants)
      const change = toJobChange({ scheduler, ledger, plan, claim, cancel: cancelled(each), now: instants.wall })
      if (change) changes.push(change)
    }
    return changes
  }

  function claimOf({ job: { name: job }, timeline }: JobSlot, scheduledFor: EpochMs, now: Instants): NewRun {
    const latenessMs = Math.max(0, now[timeline] - scheduledFor)
    return scheduledRun({ scheduler, job, scheduledFor, latenessMs }, options, now.wall)
  }

  const loop = createLoop({ name: 'ticker', clock, logger, runOnce: tick })

  return {
    ...loop,
    replan() {
      refreshSlots()
      lookAgain(slots.all)
      loop.wake()
    },
    runSettled(job) {
      const slot = holding.size > 0 ? holding.get(job) : undefined
      if (slot) starved.add(slot)
      if (starved.size === 0) return
      lookAgain(starved)
      starved.clear()
      loop.wake()
    },
  }
}

type Ledgers = ReadonlyMap<string, JobLedger>

/** Jobs whose time has come, and what the store says of them. */
interface DueJobs {
  readonly due: readonly JobSlot[]
  readonly ledgers: Ledgers
  readonly control: ControlState
  readonly now: Instants
}

interface Planned {
  readonly slot: JobSlot
  readonly ledger: JobLedger
  readonly inactive: readonly InactiveSpan[]
  readonly plan: TickPlan
  /** Its due time would run, and there is no room for it now. */
  readonly starves: boolean
}

const NONE: readonly never[] = Object.freeze([])

function cancelled({ plan, ledger }: Planned): readonly RunId[] {
  return plan.cancelRunning ? ledger.running.map((run) => run.id) : NONE
}

/** Earlier than the plan says when a pause ends before; later while a pause goes on. */
function wakeAt(plan: TickPlan, inactive: readonly InactiveSpan[], now: EpochMs): EpochMs {
  if (inactive.length === 0) return plan.wakeAt ?? Infinity
  const ends = inactive.filter((span) => span.after <= now && now < span.upTo).map((span) => span.upTo)
  const planned = plan.wakeAt ?? Infinity
  return ends.length === 0 ? planned : Math.min(Math.max(planned, now + INACTIVE_MS), ...ends)
}
