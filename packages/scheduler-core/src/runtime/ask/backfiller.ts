import { type EpochMs, toIso } from '../../clock.ts'
import type { CommandActor } from '../../control/control.ts'
import { SchedulerError } from '../../errors.ts'
import { createLoop, type Loop } from '../../loop/loop.ts'
import { planBackfill } from '../../plan/plan-backfill.ts'
import type { ClaimedRun, LockedJobs } from '../../ports/store.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { createBackfillClaims } from './backfill-claims.ts'
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
  /** Logs the command and queues the range's due times. Resolves with their number. */
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

export interface BackfillerOptions {
  readonly start: (claims: readonly ClaimedRun[]) => void
}

/** How often to look for room, beside whenever a run settles. */
const WAIT_MS = 1_000
/** How many due times one unit of work looks at. */
const LOOKS = 50

export function createBackfiller<S extends object>(
  context: InstanceContext<S>,
  { start }: BackfillerOptions,
): Backfiller {
  const { scheduler, configuration, jobs, store, units, active, state, clock, logger } = context
  const once = createOnce<S>(context)
  const claimFirst = createBackfillClaims<S>(context)
  /** The waiting due times, by job. */
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

  /** Claims the next due time of a job, unless it has to wait. Resolves with whether the queue got shorter. */
  async function takeNext(job: string, queue: Set<EpochMs>): Promise<boolean> {
    if (active.size >= configuration.concurrency) return false
    const waiting = [...queue].sort((a, b) => a - b).slice(0, LOOKS)
    const { claims, passed } = await claimFirst(job, waiting)
    for (const due of waiting.slice(0, passed)) queue.delete(due)
    start(claims)
    return passed > 0
  }

  function enqueue(job: string, dueTimes: readonly EpochMs[]): void {
    const queue = queues.get(job) ?? new Set()
    for (const due of dueTimes) queue.add(due)
    if (queue.size > 0) queues.set(job, queue)
  }

  /** Logs the command. Resolves with the due times that it asks for. */
  async function log(session: S, { job: name, from, to, actor }: BackfillRequest, locked: LockedJobs) {
    const now = clock.now()
    const job = jobs.get(name)
    const [ledger] = locked.jobs
    if (!job || !ledger) throw new SchedulerError('JOB_NOT_FOUND', { job: name })
    assertNotStopped(scheduler, locked.control, now)
    const { dueTimes } = planBackfill({ job, from, to, now, cursor: ledger.cursor })
    const range = `${toIso(from)} to ${toIso(to)}`
    const why = actor.why === null ? range : `${range}: ${actor.why}`
    const command = { kind: 'backfill', job: name, by: actor.by, why } as const
    return { dueTimes, control: await store.applyCommand(session, { scheduler, command, now }), now }
  }

  const loop = createLoop({ name: 'backfiller', clock, logger, runOnce })

  return {
    ...loop,
    async ask(request) {
      const { job, from, to, actor, terms } = request
      const asked = { kind: 'backfill', job, from, to, why: actor.why }
      let dueTimes: readonly EpochMs[] = []
      const answered = await units.run(
        'command:backfill',
        (session) =>
          once(session, { jobs: [job], by: actor.by, asked, terms }, async (locked) => {
            const logged = await log(session, request, locked)
            dueTimes = logged.dueTimes
            return { queued: dueTimes.length, ...commanded(logged.control, logged.now) }
          }),
        { mayBeRefused: true },
      )
      enqueue(job, dueTimes)
      loop.wake()
      return answered
    },
  }
}
