import type { Outcome } from './held-outcomes.ts'
import type { InstanceContext } from './instance-context.ts'

export interface WriteOptions {
  /**
   * The store may well refuse something in the batch: a failure then says nothing about the store itself (default
   * false).
   */
  readonly isSuspect?: boolean
  /** How long to wait for rows that another transaction holds (default 150). */
  readonly waitMs?: number
}

export interface OutcomeWriterOptions {
  /** Aborted when nobody is to be told any more. */
  readonly signal: AbortSignal
  /** Called with an outcome whose row another transaction holds. */
  readonly onLocked: (outcome: Outcome) => void
}

/** Ticks, renewals and other settlements hold rows for less. A longer lock delays only the outcomes of its own rows. */
const LOCK_WAIT_MS = 150

/** Writes a batch of outcomes in one unit of work, and reports the result of each. */
export function createOutcomeWriter<S extends object>(
  { scheduler, store, units }: Pick<InstanceContext<S>, 'scheduler' | 'store' | 'units'>,
  { signal, onLocked }: OutcomeWriterOptions,
) {
  return async (
    batch: readonly Outcome[],
    { isSuspect = false, waitMs = LOCK_WAIT_MS }: WriteOptions = {},
  ): Promise<void> => {
    const settlements = batch.map(({ settlement }) => settlement)
    const results = await units.run('settle', (session) => store.settle(session, { scheduler, settlements, waitMs }), {
      isProbe: isSuspect,
      mayBeRefused: true,
      wrote: (results) => results.includes('settled'),
    })
    // Outcomes that were under way when it stopped have been reported by now.
    if (signal.aborted) return
    batch.forEach((outcome, index) => {
      const result = results[index] ?? 'fenced'
      if (result === 'locked') onLocked(outcome)
      else outcome.onResult(result, outcome.settlement)
    })
  }
}
