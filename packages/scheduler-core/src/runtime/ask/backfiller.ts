import type { BackfillQueue } from '../../api/backfills.ts'
import { type EpochMs, toIso } from '../../clock.ts'
import type { CommandActor } from '../../control/control.ts'
import { createLoop, type Loop } from '../../loop/loop.ts'
import { planBackfill } from '../../plan/plan-backfill.ts'
import type { ClaimedRun } from '../../ports/job-changes.ts'
import type { LockedJobs } from '../../ports/locked-jobs.ts'
import { noSuchJob } from '../../state/job-names.ts'
import { placesToClaim } from '../run/free-places.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { dueJobHere } from './assert-here.ts'
import { createBackfillClaims } from './backfill-claims.ts'
import { createBackfillQueues } from './backfill-queues.ts'
import { assertNotStopped, type Commanded, commanded } from './commanded.ts'
import { type Answered, createOnce, type Terms } from './once.ts'

/**
 * Runs past due times on request. The requested due times wait in this process and are claimed one by one, as the job's
 * overlap policy and the concurrency leave room. The run's id follows from the due time, so backfills run each due time
 * at most once, even when several people ask. A due time whose own run succeeded or is under way is skipped when its
 * turn comes. When the process ends or the scheduler is stopped, the waiting due times are forgotten; asking again
 * continues with them.
 */
export interface Backfiller extends Loop {
  /** A run is over. Looks again when due times wait for room. */
  roomIsLeft(): void
  /** Logs the command and queues the range's due times. Resolves with their number. */
  ask(request: BackfillRequest): Promise<Answered<BackfillCommanded>>
  /** What is left of the job's backfills here. */
  queueOf(job: string): BackfillQueue
  /** Logs the command and forgets what waits, unless nothing does. */
  cancelAll(request: CancelBackfillRequest): Promise<Answered<BackfillCancelled>>
}

export interface BackfillRequest {
  readonly job: string
  readonly from: EpochMs
  readonly to: EpochMs
  readonly actor: CommandActor
  readonly terms: Terms
}

export interface CancelBackfillRequest {
  readonly job: string
  readonly actor: CommandActor
  readonly terms: Terms
}

export interface BackfillCancelled extends Commanded {
  readonly dropped: number
}

export interface BackfillCommanded extends Commanded {
  readonly queued: number
}

export interface BackfillerOptions {
  readonly start: (claims: readonly ClaimedRun[]) => void
}

/** How often to look for room, beside whenever a run settles. Nobody tells of the end of a run that a worker has. */
const WAIT_MS = 1_000
const WAIT_FOR_WORKERS_MS = 100
/** How many due times one unit of work looks at. */
const LOOKS = 50

export function createBackfiller<S extends object>(
  context: InstanceContext<S>,
  { start }: BackfillerOptions,
): Backfiller {
  const { scheduler, store, units, active, state, clock, logger, handOver } = context
  const once = createOnce<S>(context)
  const claimFirst = createBackfillClaims<S>(context)
  const queues = createBackfillQueues(active)

  async function runOnce(): Promise<number> {
    if (state.desired === 'stopped') queues.clear()
    let moved = false
    for (const job of queues.jobs()) if (await takeNext(job)) moved = true
    if (queues.isEmpty) return Infinity
    return moved ? 0 : handOver ? WAIT_FOR_WORKERS_MS : WAIT_MS
  }

  /** Claims the next due time of a job, unless it has to wait. Resolves with whether the queue got shorter. */
  async function takeNext(job: string): Promise<boolean> {
    if (placesToClaim(context) <= 0) return false
    const waiting = queues.waiting(job).slice(0, LOOKS)
    const { claims, passed } = await claimFirst(job, waiting)
    queues.took(job, { passed: waiting.slice(0, passed), claimed: claims.length })
    start(claims)
    return passed > 0
  }

  const loop = createLoop({ name: 'backfiller', clock, logger, runOnce })

  return {
    ...loop,
    roomIsLeft() {
      if (!queues.isEmpty) loop.wake()
    },
    queueOf: queues.read,
    async cancelAll({ job, actor, terms }) {
      const asked = { kind: 'cancel-backfill', job, why: actor.why }
      const answered = await units.run(
        'command:cancel-backfill',
        (session) =>
          once(session, { jobs: [], by: actor.by, asked, terms, about: { job } }, async ({ control }) => {
            const now = clock.now()
            const dropped = queues.waiting(job).length
            if (dropped === 0) return { dropped, ...commanded(control, now, { changed: false }) }
            const command = { kind: 'cancel-backfill', job, ...actor } as const
            return { dropped, ...commanded(await store.applyCommand(session, { scheduler, command, now }), now) }
          }),
        { mayBeRefused: true },
      )
      if (!answered.replayed) queues.drop(job)
      return answered
    },
    async ask(request) {
      const { job, from, to, actor, terms } = request
      const asked = { kind: 'backfill', job, from, to, why: actor.why }
      let dueTimes: readonly EpochMs[] = []
      const answered = await units.run(
        'command:backfill',
        (session) =>
          once(session, { jobs: [job], by: actor.by, asked, terms, about: { job } }, async (locked) => {
            const logged = await logBackfill(context, { session, request, locked })
            dueTimes = logged.dueTimes
            return { queued: dueTimes.length, ...commanded(logged.control, logged.now) }
          }),
        { mayBeRefused: true },
      )
      queues.add(job, dueTimes)
      loop.wake()
      return answered
    },
  }
}

/** Logs the command. Resolves with the due times that it asks for. */
async function logBackfill<S extends object>(
  context: InstanceContext<S>,
  { session, request, locked }: { readonly session: S; readonly request: BackfillRequest; readonly locked: LockedJobs },
) {
  const { scheduler, names, store, clock, follow } = context
  const { job: name, from, to, actor } = request
  const now = clock.now()
  await follow(session, locked.control)
  const job = await dueJobHere(context, session, name)
  const [ledger] = locked.jobs
  if (!ledger) throw noSuchJob(names, name)
  assertNotStopped(scheduler, locked.control, now)
  const { dueTimes } = planBackfill({ job, from, to, now, cursor: ledger.cursor })
  const range = `${toIso(from)} to ${toIso(to)}`
  const why = actor.why === null ? range : `${range}: ${actor.why}`
  const command = { kind: 'backfill', job: name, by: actor.by, why } as const
  return { dueTimes, control: await store.applyCommand(session, { scheduler, command, now }), now }
}
