import type { EpochMs } from '../../clock.ts'
import type { RunId } from '../../ids.ts'
import { createLoop, type Idle, type Loop } from '../../loop/loop.ts'
import { mayStart } from '../../plan/inactive.ts'
import { planTakeUp } from '../../plan/plan-take-up.ts'
import type { TakenUpRun } from '../../ports/releases.ts'
import type { Claim } from './active-runs.ts'
import { freePlaces } from './free-places.ts'
import type { InstanceContext } from './instance-context.ts'

export interface AdopterOptions {
  /** Starts a run that was taken up. */
  readonly start: (claims: readonly Claim[]) => void
  /** Called with the jobs of the runs that were settled here. */
  readonly onSettled: (jobs: readonly string[]) => void
  /** The places of this instance, where others take them too (default: its concurrency, less what it has). */
  readonly places?: Places
}

export interface Adopter extends Loop {
  /** Looks again when the lack of room kept it from taking runs up. */
  roomIsLeft(): void
}

/** How many more runs an instance may begin. */
export interface Places {
  readonly free: number
  /** Takes places of runs that are on their way. The answered function gives them back. */
  reserve(places: number): () => void
}

const BATCH = 100
/** Clocks of instances differ a little. */
const AHEAD_MS = 10_000
/** A test's clock leaves out looks this long after the last lease has ended. */
const QUIET_AFTER_MS = 300_000

/**
 * Takes up the runs that are open without an owner: those that a shutdown released, and the reruns of orphans. Each begins
 * when its wait is over, its job may start and there is room.
 */
export function createAdopter<S extends object>(
  context: InstanceContext<S>,
  { start, onSettled, places = createPlaces(context) }: AdopterOptions,
): Adopter {
  const { scheduler, instance, leaseMs, jobs, store, units, active, clock, logger } = context
  const { toStoredError, follow, reports } = context
  const { sweepMs } = context.options
  let lacksRoom = false

  async function look(): Promise<number | Idle> {
    const reserved = new Set<RunId>()
    const room = Math.min(BATCH, places.free)
    lacksRoom = room <= 0
    const giveBack = places.reserve(Math.max(0, room))
    try {
      const { claims, settled, nextAt, isFull } = await adopt(reserved, room)
      for (const { run, settlement, thrown } of settled) reports.settled(run, settlement, thrown)
      if (settled.length > 0) onSettled(settled.map(({ run }) => run.job))
      start(claims)
      for (const { id } of claims) reserved.delete(id)
      if (isFull && room > 0) return 0
      return nextAt === null ? withoutWaits({ tookUp: claims.length > 0 }) : untilNext(nextAt)
    } finally {
      for (const id of reserved) active.release(id)
      giveBack()
    }
  }

  const untilNext = (at: EpochMs) => Math.min(sweepMs, Math.max(0, at - clock.now()))

  const withoutWaits = ({ tookUp }: { readonly tookUp: boolean }) =>
    tookUp ? sweepMs : { sleepMs: sweepMs, quietAfterMs: leaseMs + QUIET_AFTER_MS }

  /** Runs are reserved before their commit: a tick may see them in the ledger before this instance hears of the commit. */
  function adopt(reserved: Set<RunId>, room: number) {
    return units.run('take-up', async (session) => {
      const { control } = await store.lockJobs(session, { scheduler, jobs: [] })
      await follow(session, control)
      const now = clock.now()
      const startable = room > 0 ? [...jobs.keys()].filter((job) => mayStart(control, job, now)) : []
      const limit = room > 0 ? room : BATCH
      const found = await store.lockReleased(session, { scheduler, now, aheadFrom: now + AHEAD_MS, startable, limit })
      const plans = found.runs.flatMap((run) => planTakeUp({ run, job: jobs.get(run.job), now, toStoredError }) ?? [])
      const ended = plans.flatMap((plan) => (plan.kind === 'settle' ? [plan] : []))
      const settlements = ended.map(({ settlement }) => settlement)
      const results = settlements.length > 0 ? await store.settle(session, { scheduler, settlements }) : []
      const runs = plans.flatMap((plan): TakenUpRun[] => {
        if (plan.kind === 'settle') return []
        reserved.add(plan.run.id)
        active.reserve(plan.run.id)
        return [{ ...plan.run, owner: instance, leaseUntil: now + leaseMs }]
      })
      const claims = runs.length > 0 ? await store.takeUp(session, { scheduler, runs }) : []
      const settled = ended.filter((_, index) => results[index] === 'settled')
      return { claims, settled, nextAt: found.nextAt, isFull: found.runs.length === limit }
    })
  }

  const loop = createLoop({ name: 'adopter', clock, logger, runOnce: look })
  return {
    ...loop,
    roomIsLeft() {
      if (lacksRoom) loop.wake()
    },
  }
}

function createPlaces<S extends object>(context: InstanceContext<S>): Places {
  return {
    get free() {
      return freePlaces(context)
    },
    reserve: () => () => {},
  }
}
