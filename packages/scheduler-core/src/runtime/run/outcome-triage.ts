import { isSchedulerError } from '../../errors.ts'
import { reduceOutcome } from '../../run/reduced-outcome.ts'
import type { HeldOutcomes, Outcome } from './held-outcomes.ts'
import type { InstanceContext } from './instance-context.ts'
import type { OutcomeBatches } from './outcome-batches.ts'
import { toRunFields } from './to-run-fields.ts'

/** A batch that could not be written. */
export interface FailedBatch {
  readonly batch: readonly Outcome[]
  readonly error: unknown
  /** Whether so many writes failed in a row that the store fails, rather than one outcome in the batch. */
  readonly isStoreAtFault: boolean
}

export interface TriageOptions {
  readonly batches: OutcomeBatches
  readonly held: HeldOutcomes
}

/**
 * Decides what becomes of a failed batch. It is halved until a refused outcome stands alone. When the store can never
 * take that outcome, parts of it are left out, step by step. An outcome that is still refused is held back.
 */
export function createTriage<S extends object>(
  { events, logger }: Pick<InstanceContext<S>, 'events' | 'logger'>,
  { batches, held }: TriageOptions,
): (failed: FailedBatch) => void {
  /** Leaves a part out of the outcome and tries again. Returns false when nothing can be left out. */
  function reduced(outcome: Outcome, error: unknown): boolean {
    const less = isSchedulerError(error, 'STORE_REFUSED') ? reduceOutcome(outcome.settlement) : null
    if (!less) return false
    const { job, runId, state } = less.settlement
    const { leftOut } = less
    logger.warn({ job, runId, leftOut, err: error }, 'The store can never take a part of an outcome, which is left out')
    events.emit('outcome-reduced', { job, runId, state, leftOut, error })
    batches.addSuspect([
      { settlement: less.settlement, onResult: (result, written) => outcome.onResult(result, written) },
    ])
    return true
  }

  return ({ batch, error, isStoreAtFault }) => {
    const [first, ...others] = batch
    if (first && others.length === 0 && reduced(first, error)) return
    if (first && others.length === 0 && held.takeIfRefused(first, error)) return
    const waiting = batches.size + batch.length
    const runs = toRunFields(batch.map(({ settlement: { runId, job } }) => ({ id: runId, job })))
    logger.warn({ err: error, ...runs, waiting }, 'Outcomes could not be written yet; they are kept')
    if (others.length === 0 || isStoreAtFault) return batches.addSuspect(batch)
    const half = batch.length / 2
    batches.addSuspect(batch.slice(0, half))
    batches.addSuspect(batch.slice(half))
  }
}
