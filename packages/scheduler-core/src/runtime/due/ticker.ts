import type { RunId } from '../../ids.ts'
import { createLoop, type Loop } from '../../loop/loop.ts'
import type { Claim } from '../run/active-runs.ts'
import { batchSize } from '../run/batch-size.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { createJobAgenda } from './job-agenda.ts'
import type { JobSlot } from './job-slots.ts'
import { cancelledBy, INACTIVE_MS } from './plan-jobs.ts'
import { createReturnToTime } from './return-to-time.ts'
import { createSchedulerTime } from './scheduler-time.ts'
import { createSetBackWatch } from './set-back.ts'
import { createTick, type TickOptions } from './tick-jobs.ts'

export interface TickerOptions extends Pick<TickOptions<object>, 'onLocked'> {
  readonly start: (claims: readonly Claim[]) => void
  /** Aborts those of these runs that are under way here. */
  readonly cancel: (runs: readonly RunId[]) => void
}

export interface Ticker extends Loop {
  /** Plans every job again, because the control state has changed. */
  replan(): void
  /** Plans those jobs again that have come, changed or gone. */
  refresh(): void
  /** Plans one job again, because one of its runs has settled. */
  runSettled(job: string): void
  /** Machine codes of its problems. */
  reasons(): readonly string[]
}

/** When more is due than one batch, the next batch follows at once for this long; then others get their turn. */
const ROUND_MS = 10
/**
 * How long a tick waits for rows that were free when it last looked: other ticks and settlements hold them for less. A
 * job whose row stays locked is passed over from then on, and delays no other job.
 */
const LOCK_WAIT_MS = 150

/** Watches the due times and claims their runs: lock the due jobs, plan, record, start. */
export function createTicker<S extends object>(context: InstanceContext<S>, options: TickerOptions): Ticker {
  const { store, state, clock, logger, reports } = context
  const batchLimit = batchSize(store)
  const time = createSchedulerTime(clock)
  const agenda = createJobAgenda<S>(context, time)
  const returnToTime = createReturnToTime<S>(context)
  const wasSetBack = createSetBackWatch(clock)
  const tick = createTick<S>(context, { time, returnToTime, onLocked: options.onLocked, onAdopted: agenda.refresh })

  async function runOnce(): Promise<number> {
    const until = clock.monotonic() + ROUND_MS
    // Jobs may sleep until a time that now is far.
    if (wasSetBack()) agenda.lookAgainAtAll()
    do {
      if (!state.isOpen || state.desired === 'stopped') return INACTIVE_MS
      if ((await tickBatch()) < batchLimit) break
    } while (clock.monotonic() < until)
    return agenda.untilNext()
  }

  /** Resolves with how many jobs were due. */
  async function tickBatch(): Promise<number> {
    const due = agenda.takeDue(batchLimit)
    if (due.length === 0) return 0
    try {
      await tickJobs(
        due.filter((slot) => !agenda.isLocked(slot)),
        LOCK_WAIT_MS,
      )
      await tickJobs(due.filter(agenda.isLocked), 0)
    } catch (error) {
      agenda.lookAgain(due)
      throw error
    }
    return due.length
  }

  async function tickJobs(due: readonly JobSlot[], waitMs: number): Promise<void> {
    if (due.length === 0) return
    const ticked = await tick(due, waitMs)
    agenda.lookLater(ticked)
    options.cancel(ticked.planned.flatMap(cancelledBy))
    options.start(ticked.claims)
    for (const { run, settlement, thrown } of ticked.cancelled) {
      reports.settled(run, settlement, thrown)
      agenda.runSettled(run.job)
    }
    reports.unrun(ticked.unrun)
  }

  const loop = createLoop({ name: 'ticker', clock, logger, runOnce })

  return {
    ...loop,
    replan() {
      agenda.lookAgainAtAll()
      loop.wake()
    },
    refresh() {
      agenda.refresh()
      loop.wake()
    },
    runSettled(job) {
      if (agenda.runSettled(job)) loop.wake()
    },
    reasons: returnToTime.reasons,
  }
}
