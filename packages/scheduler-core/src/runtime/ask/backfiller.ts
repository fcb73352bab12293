import { type Clock, type EpochMs, toIso } from '../../clock.ts'
import type { CommandActor, ControlState } from '../../control/control.ts'
import { SchedulerError } from '../../errors.ts'
import { backfillId, type InstanceId, occurrenceId, type RunId } from '../../ids.ts'
import type { JobPolicies } from '../../job/job.ts'
import { createLoop, type Loop } from '../../loop/loop.ts'
import { mayStart } from '../../plan/inactive.ts'
import { planBackfill } from '../../plan/plan-backfill.ts'
import type { Logger } from '../../ports/logger.ts'
import type { ClaimedRun, JobLedger, Store } from '../../ports/store.ts'
import type { LedgerEntry, NewRun } from '../../run/ledger-entry.ts'
import type { Units } from '../../session/units.ts'
import type { SchedulerState } from '../../state/scheduler-state.ts'
import type { ActiveRuns } from '../run/active-runs.ts'
import { ownedRun } from '../run/owned-run.ts'
import { assertNotStopped, type Commanded, commanded } from './commanded.ts'
import { type Answered, createOnce, type Terms } from './once.ts'

/**
 * Runs past due times on request. What is asked for waits in this process and is claimed one by one, as the job's
 * overlap policy and the concurrency leave room, by an id that each due time has once for all: it is run at most once by
 * backfills, whoever asks and how often. A due time whose own run succeeded or goes on is passed over, when its turn
 * comes. When the process ends, or the scheduler is stopped, what still waits is forgotten; asking again goes on where
 * it ended.
 */
export interface Backfiller extends Loop {
  /** Logs the command and queues the range's due times; answers how many. */
  ask(request: BackfillRequest): Promise<Answered<BackfillCommanded>>
}

export interface BackfillRequest {
  readonly job: string
  readonly from: EpochMs
  readonly to: EpochMs
  readonly actor: CommandActor
  readonly terms: Terms
}

export interface BackfillCommanded extends Commanded {
  readonly queued: number
}

export interface BackfillerOptions<S> {
  readonly scheduler: string
  readonly instance: InstanceId
  readonly leaseMs: number
  /** How many runs this instance may have at a time, at present. */
  readonly concurrency: () => number
  readonly jobs: ReadonlyMap<string, JobPolicies>
  readonly store: Store<S>
  readonly units: Units<S>
  readonly active: ActiveRuns
  readonly state: SchedulerState
  readonly clock: Clock
  readonly logger: Logger
  readonly start: (claims: readonly ClaimedRun[]) => void
}

/** Looks this often whether there is room, and whenever a run settles. */
const WAIT_MS = 1_000
/** So many due times are looked at in one unit of work. */
const LOOKS = 50

export function createBackfiller<S>(options: BackfillerOptions<S>): Backfiller {
  const { scheduler, jobs, store, units, active, state, clock, logger } = options
  const once = createOnce(options)
  /** What waits, by job. */
  const queues = new Map<string, Set<EpochMs>>()

  async function runOnce(): Promise<number> {
    if (state.desired === 'stopped') queues.clear()
    let moved = false
    for (const [job, queue] of queues) {
      if (await takeNext(job, queue)) moved = true
      if (queue.size === 0) queues.delete(job)
    }
    if (queues.size === 0) return Infinity
    return moved ? 0 : WAIT_MS
  }

  /** Claims the next due time of a job, unless it has to wait; answers whether the queue got shorter. */
  async function takeNext(job: string, queue: Set<EpochMs>): Promise<boolean> {
    if (active.size >= options.concurrency()) return false
    const waiting = [...queue].sort((a, b) => a - b).slice(0, LOOKS)
    let reserved: RunId | null = null
    const { claims, passed } = await units
      .run('backfill', async (session) => {
        const { control, jobs: ledgers } = await store.lockJobs(session, { scheduler, jobs: [job], waitMs: 0 })
        const ledger = ledgers[0]
        if (!ledger || !hasRoom(control, ledger)) return { claims: [], passed: 0 }
        for (const [index, due] of waiting.entries()) {
          if (await isDone(session, job, due)) continue
          const run = toClaim(job, due)
          // The ticker must not take it for a run that was forgotten, and start it too.
          active.reserve(run.id)
          reserved = run.id
          const change = { job, cursor: null, unrun: [], claims: [run], cancel: [] }
          const claims = await store.record(session, { scheduler, changes: [change] })
          if (claims.length > 0) return { claims, passed: index + 1 }
          active.release(run.id)
        }
        return { claims: [], passed: waiting.length }
      })
      .catch((error: unknown) => {
        if (reserved) active.release(reserved)
        throw error
      })
    for (const due of waiting.slice(0, passed)) queue.delete(due)
    options.start(claims)
    return passed > 0
  }

  function hasRoom(control: ControlState, { job, running }: JobLedger): boolean {
    if (!mayStart(control, job, clock.now())) return false
    return running.length === 0 || jobs.get(job)?.overlapPolicy === 'allow'
  }

  /** Whether the due time's own run, or the last rerun of it, succeeded or may still do so. */
  async function isDone(session: S, job: string, scheduledFor: EpochMs): Promise<boolean> {
    let last: LedgerEntry | undefined
    for (let attempt = 1; ; attempt++) {
      const id = occurrenceId({ scheduler, job, scheduledFor, attempt })
      const entry = (await store.listEntries(session, { scheduler, id, limit: 1 })).items[0]
      if (entry?.kind !== 'run') break
      last = entry
    }
    return last?.state === 'succeeded' || last?.state === 'running'
  }

  function toClaim(job: string, scheduledFor: EpochMs): NewRun {
    const id = backfillId({ scheduler, job, scheduledFor })
    // That it is late is what it is for.
    return ownedRun({ id, job, trigger: 'backfill', scheduledFor, attempt: 1, latenessMs: null }, options, clock.now())
  }

  const loop = createLoop({ name: 'backfiller', clock, logger, runOnce })

  return {
    ...loop,
    async ask({ job: name, from, to, actor, terms }) {
      const asked = { kind: 'backfill', job: name, from, to, why: actor.why }
      let dueTimes: readonly EpochMs[] = []
      const answered = await units.run(
        'command:backfill',
        (session) =>
          once(session, { jobs: [name], by: actor.by, asked, terms }, async (locked) => {
            const now = clock.now()
            const job = jobs.get(name)
            const [ledger] = locked.jobs
            if (!job || !ledger) throw new SchedulerError('JOB_NOT_FOUND', { job: name })
            assertNotStopped(scheduler, locked.control, now)
            dueTimes = planBackfill({ job, from, to, now, cursor: ledger.cursor })
            const range = `${toIso(from)} to ${toIso(to)}`
            const why = actor.why === null ? range : `${range}: ${actor.why}`
            const command = { kind: 'backfill', job: name, by: actor.by, why } as const
            const control = await store.applyCommand(session, { scheduler, command, now })
            return { queued: dueTimes.length, ...commanded(control, now) }
          }),
        { mayBeRefused: true },
      )
      const queue = queues.get(name) ?? new Set()
      for (const due of dueTimes) queue.add(due)
      if (queue.size > 0) queues.set(name, queue)
      loop.wake()
      return answered
    },
  }
}
