import { SchedulerError } from '../../errors.ts'
import type { RunningRun } from '../../ports/locked-jobs.ts'
import { NO_ITEMS, type Settlement } from '../../run/ledger-entry.ts'
import type { InstanceContext } from './instance-context.ts'

/** A run that was cancelled before a worker had it. */
export interface CancelledRun {
  readonly run: RunningRun & { readonly job: string }
  readonly settlement: Settlement
  readonly thrown: SchedulerError
}

/**
 * Cancels those of these runs that are queued still, in the unit of this session, and takes their messages back. Answers
 * them, to be reported once the unit is committed; a worker has the others.
 */
export type CancelQueued<S> = (
  session: S,
  runs: readonly CancelledRun['run'][],
  reason: string,
) => Promise<readonly CancelledRun[]>

export function createCancelQueued<S extends object>({
  scheduler,
  store,
  clock,
  handOver,
  toStoredError,
}: Pick<InstanceContext<S>, 'scheduler' | 'store' | 'clock' | 'handOver' | 'toStoredError'>): CancelQueued<S> {
  return async (session, runs, reason) => {
    const queued = runs.filter(({ state }) => state === 'queued')
    if (queued.length === 0) return NONE
    const thrown = new SchedulerError('RUN_CANCELLED', { reason })
    const error = toStoredError(thrown)
    const cancelled = queued.map((run): CancelledRun => {
      const { id: runId, job, fence } = run
      const outcome = { state: 'cancelled', settledAt: clock.now(), attempt: 0, durationMs: null } as const
      const nothing = { items: NO_ITEMS, calls: [], progress: null }
      return { run, settlement: { runId, job, fence, ...outcome, ...nothing, error }, thrown }
    })
    const settlements = cancelled.map(({ settlement }) => settlement)
    const results = await store.settle(session, { scheduler, settlements })
    const ended = cancelled.filter((_, index) => results[index] === 'settled')
    await handOver?.takeBack(
      session,
      ended.map(({ run }) => run),
    )
    return ended
  }
}

const NONE: readonly CancelledRun[] = Object.freeze([])
