import { type EpochMs, toIso } from '../../clock.ts'
import { occurrenceId } from '../../ids.ts'
import type { JobPolicies } from '../../job/job.ts'
import type { JobChange } from '../../ports/job-changes.ts'
import type { JobLedger } from '../../ports/locked-jobs.ts'
import { nextDueAt, previousDueAt } from '../../schedule/next-due.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import type { JobSlot } from './job-slots.ts'
import type { Ledgers } from './ledgers-of.ts'
import { type Instants, type Timeline, timelineOf } from './scheduler-time.ts'

/** Brings jobs back to the time, after a clock that was ahead has been set right. */
export interface ReturnToTime<S> {
  /**
   * Moves cursors back that lie ahead of the time. Resolves with the ledgers as they then are, and with the clock that
   * each job follows, both in the order of the jobs.
   */
  apply(session: S, due: readonly JobSlot[], standing: Standing): Promise<Returned>
  /** `CLOCK_SET_BACK`, for ten minutes after a cursor was found ahead of the time. */
  reasons(): readonly string[]
}

export interface Standing {
  readonly ledgers: Ledgers
  readonly now: Instants
}

export interface Returned {
  readonly ledgers: Ledgers
  readonly timelines: readonly Timeline[]
}

/** Clocks of instances differ a little: a cursor that is less ahead is no sign of a wrong clock. */
const AHEAD_MS = 10_000
const TOLD_FOR_MS = 600_000

export function createReturnToTime<S extends object>(context: InstanceContext<S>): ReturnToTime<S> {
  const { scheduler, names, store, clock, logger } = context
  let toldUntil = -Infinity

  async function hasRun(session: S, { name: job }: JobPolicies, scheduledFor: EpochMs): Promise<boolean> {
    const id = occurrenceId({ scheduler, job: names.storedAs(job), scheduledFor })
    const { items } = await store.listEntries(session, { scheduler, id, limit: 1 })
    return items[0]?.kind === 'run'
  }

  /**
   * The cursor to go back to. `null` for an interval whose next due time has run, or that was not known yet: it is the time
   * that was set back, not a clock that was ahead, so the interval goes on by elapsed time. A pattern returns in any case.
   */
  async function cursorFor(session: S, job: JobPolicies, { ledger, wall }: Found): Promise<EpochMs | null> {
    const { schedule, misfireGraceMs } = job
    const { since, running } = ledger
    const next = nextDueAt(schedule, wall)
    if (schedule.kind === 'every' && (wall < since || next === null || (await hasRun(session, job, next)))) return null
    const last = previousDueAt(schedule, wall + 1)
    const isOpen =
      last !== null &&
      last > since &&
      wall - last <= misfireGraceMs &&
      !running.some(({ scheduledFor }) => scheduledFor === last) &&
      !(await hasRun(session, job, last))
    return isOpen ? last - 1 : wall
  }

  function tell({ name: job }: JobPolicies, { ledger, wall }: Found): void {
    if (clock.monotonic() >= toldUntil) {
      const details = { job, accountedUntil: toIso(ledger.cursor), aheadMs: ledger.cursor - wall }
      logger.warn(details, 'A clock was ahead, or was set back: due times are accounted for that are still to come')
    }
    toldUntil = clock.monotonic() + TOLD_FOR_MS
  }

  /** Where a job whose cursor lies ahead goes back to, and the clock that it follows. */
  async function returnOf(session: S, job: JobPolicies, found: Found) {
    tell(job, found)
    const cursor = await cursorFor(session, job, found)
    const timeline: Timeline = cursor === null ? timelineOf(job.schedule) : 'wall'
    return { timeline, cursor: cursor !== null && cursor < found.ledger.cursor ? cursor : null }
  }

  return {
    async apply(session, due, { ledgers, now: { wall, steady } }) {
      const usual = (job: JobPolicies) => (steady > wall + AHEAD_MS ? 'wall' : timelineOf(job.schedule))
      const timelines = due.map(({ job }) => usual(job))
      const isAhead = (ledger: JobLedger | undefined) => ledger !== undefined && ledger.cursor > wall + AHEAD_MS
      if (!ledgers.some(isAhead)) return { ledgers, timelines }
      const after = [...ledgers]
      const changes: JobChange[] = []
      for (const [place, { job }] of due.entries()) {
        const ledger = ledgers[place]
        if (!ledger || !isAhead(ledger)) continue
        const { cursor, timeline } = await returnOf(session, job, { ledger, wall })
        timelines[place] = timeline
        if (cursor === null) continue
        changes.push({ job: job.name, cursor, isReturn: true, unrun: [], claims: [], cancel: [] })
        after[place] = { ...ledger, cursor }
      }
      if (changes.length > 0) await store.record(session, { scheduler, changes })
      return { ledgers: after, timelines }
    },
    reasons: () => (clock.monotonic() < toldUntil ? ['CLOCK_SET_BACK'] : []),
  }
}

interface Found {
  readonly ledger: JobLedger
  readonly wall: EpochMs
}
