import type { RunId } from '../../ids.ts'
import type { LockedJobs, UnreadableJob } from '../../ports/locked-jobs.ts'
import type { NewUnrunRange } from '../../run/ledger-entry.ts'
import type { Claim } from '../run/active-runs.ts'
import { type CancelledRun, createCancelQueued } from '../run/cancel-queued.ts'
import { placesToClaim } from '../run/free-places.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import type { JobSlot } from './job-slots.ts'
import { ledgersOf } from './ledgers-of.ts'
import { changesOf, endedBy, type PlannedJob, planJobs } from './plan-jobs.ts'
import type { Returned, ReturnToTime } from './return-to-time.ts'
import type { Instants, SchedulerTime } from './scheduler-time.ts'
import { soundJobs } from './sound-jobs.ts'

export interface TickOptions<S extends object> {
  readonly time: SchedulerTime
  readonly returnToTime: ReturnToTime<S>
  /** Called with the jobs that were looked at, and those of them that the store could not read. */
  readonly onLocked: (jobs: readonly string[], unreadable: readonly UnreadableJob[]) => void
  /** Called under the locks, when the control state is as new as it can be. */
  readonly onAdopted: () => void
}

/** The result of one unit of work on due jobs. */
export interface Ticked {
  readonly now: Instants
  readonly planned: readonly PlannedJob[]
  /** The jobs whose rows were free, and those whose rows another transaction holds. */
  readonly free: readonly JobSlot[]
  readonly locked: readonly JobSlot[]
  /** Free jobs that the store does not know, or cannot read. */
  readonly unknown: readonly JobSlot[]
  /** The runs to start here: newly claimed ones, and earlier claims that were forgotten. */
  readonly claims: readonly Claim[]
  /** The queued runs that were cancelled. */
  readonly cancelled: readonly CancelledRun[]
  /** The due times that will not run. */
  readonly unrun: readonly NewUnrunRange[]
}

/** Locks due jobs, plans them and records what the plans say, in one unit of work. */
export function createTick<S extends object>(
  context: InstanceContext<S>,
  { time, returnToTime, onLocked, onAdopted }: TickOptions<S>,
): (due: readonly JobSlot[], waitMs: number) => Promise<Ticked> {
  const { scheduler, instance, store, units, active, outdated, clock, follow } = context
  const cancelQueued = createCancelQueued<S>(context)

  /** When a process whose clock was ahead has accounted beyond our steady time, the interval goes on from there. */
  function reachLedgers({ ledgers, timelines }: Returned): Instants {
    let reached = -Infinity
    ledgers.forEach((ledger, place) => {
      if (ledger && timelines[place] === 'steady') reached = Math.max(reached, ledger.cursor)
    })
    time.reach(reached)
    return time.read()
  }

  /** Read before the unit ends: a run that settles afterwards would look as if it had never started. */
  function forgottenRuns(planned: readonly PlannedJob[], ended: ReadonlySet<RunId>): Claim[] {
    const forgotten: Claim[] = []
    for (const { slot, ledger } of planned) {
      for (const run of active.forgotten(ledger, instance, ended)) forgotten.push({ ...run, job: slot.job.name })
    }
    return forgotten
  }

  async function work(session: S, due: readonly JobSlot[], waitMs: number) {
    const watch = active.watchEnds()
    try {
      return await lockPlanRecord(session, { due, waitMs, over: watch.ended })
    } finally {
      watch.stop()
    }
  }

  async function lockPlanRecord(session: S, { due, waitMs, over }: Look) {
    const names = due.map((slot) => slot.job.name)
    const found = soundJobs(await store.lockJobs(session, { scheduler, jobs: names, waitMs }), clock.now())
    onLocked(names, found.unreadable ?? [])
    // Commands given elsewhere hold for this very tick: nobody can change the control state until the locks are
    // released.
    await follow(session, found.control)
    onAdopted()
    const { control } = found
    const { free, locked } = split(due, found)
    // Read after the locks are granted, since waiting for them takes time.
    const returned = await returnToTime.apply(session, free, {
      ledgers: ledgersOf(free, found.jobs),
      now: time.read(),
    })
    const { ledgers, timelines } = returned
    const now = reachLedgers(returned)
    const planned = planJobs({
      scheduler,
      due: free,
      ledgers,
      control,
      now,
      timelines,
      free: placesToClaim(context),
      isLeft: outdated.has,
    })
    const unknown = planned.length === free.length ? NONE : free.filter((_, place) => !ledgers[place])
    const forgotten = forgottenRuns(planned, over)
    const cancelled = await cancelQueued(session, endedBy(planned), REPLACED)
    const ended = new Set(cancelled.map(({ run }) => run.id))
    const changes = changesOf(planned, context, { instants: now, ended })
    const claimed = changes.length > 0 ? await store.record(session, { scheduler, changes }) : []
    const unrun = changes.flatMap((change) => change.unrun)
    return { now, free, locked, unknown, planned, claimed, forgotten, cancelled, unrun }
  }

  return async (due, waitMs) => {
    const { claimed, forgotten, ...ticked } = await units.run('tick', (session) => work(session, due, waitMs), {
      wrote: ({ claimed }) => claimed.length > 0,
    })
    return { ...ticked, claims: forgotten.length === 0 ? claimed : [...claimed, ...forgotten] }
  }
}

interface Look {
  readonly due: readonly JobSlot[]
  readonly waitMs: number
  /** The runs that end here while the store is asked. */
  readonly over: ReadonlySet<RunId>
}

function split(all: readonly JobSlot[], { locked = NONE }: LockedJobs) {
  const due = all.filter(({ isGone }) => !isGone)
  if (locked.length === 0) return { free: due, locked: NONE }
  const passedOver = new Set<string>(locked)
  return {
    free: due.filter(({ job }) => !passedOver.has(job.name)),
    locked: due.filter(({ job }) => passedOver.has(job.name)),
  }
}

/** Why a newer due time ends a run, for the error of that run. */
export const REPLACED = 'a newer run takes its place'

const NONE: readonly never[] = Object.freeze([])
