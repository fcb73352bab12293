import { sleep } from '../../clock.ts'
import { isSchedulerError } from '../../errors.ts'
import { createTurns } from '../../loop/turns.ts'
import type { SettleResult } from '../../ports/store.ts'
import type { Settlement } from '../../run/ledger-entry.ts'
import type { InstanceContext } from './instance-context.ts'

/** An outcome on its way to the store. */
export interface Outcome {
  readonly settlement: Settlement
  /** Called with the settlement as it was written. Must not throw, since the batch is written by then. */
  onResult(result: Exclude<SettleResult, 'locked'> | 'abandoned', settlement: Settlement): void
}

/** Outcomes that the store refuses. Each is held back by itself and retried at growing intervals. */
export interface HeldOutcomes {
  readonly size: number
  readonly outcomes: readonly Outcome[]
  /**
   * Called when this outcome failed alone. Takes it when the store can never take it or has written something else
   * since.
   */
  takeIfRefused(outcome: Outcome, error: unknown): boolean
}

export interface HeldOutcomesOptions {
  readonly signal: AbortSignal
  readonly write: (batch: readonly Outcome[]) => Promise<void>
}

const FIRST_RETRY_MS = 1_000
/** No longer, since a store that fails now and then may look as if it had refused an outcome. */
const LONGEST_RETRY_MS = 5_000

export function createHeldOutcomes<S extends object>(
  { units, events, clock, logger }: Pick<InstanceContext<S>, 'units' | 'events' | 'clock' | 'logger'>,
  { signal, write }: HeldOutcomesOptions,
): HeldOutcomes {
  const held = new Set<Outcome>()
  /** How much the store had written when an outcome first failed alone. */
  const writesThen = new WeakMap<Outcome, number>()
  const turns = createTurns()

  async function keepTrying(outcome: Outcome): Promise<void> {
    const { runId, job } = outcome.settlement
    for (let waitMs = FIRST_RETRY_MS; held.has(outcome); waitMs = Math.min(2 * waitMs, LONGEST_RETRY_MS)) {
      await sleep(clock, waitMs, signal)
      await turns.take(() => tryAgain(outcome))
    }
    if (!signal.aborted) logger.info({ job, runId }, 'The store has written an outcome that it refused before')
  }

  async function tryAgain(outcome: Outcome): Promise<void> {
    try {
      if (!signal.aborted) await write([outcome])
      held.delete(outcome)
    } catch (error) {
      const { runId, job } = outcome.settlement
      logger.warn({ job, runId, err: error }, 'The store still refuses the outcome of a run')
    }
  }

  return {
    get size() {
      return held.size
    },
    get outcomes() {
      return [...held]
    },
    takeIfRefused(outcome, error) {
      const before = writesThen.get(outcome)
      writesThen.set(outcome, before ?? units.writes)
      const isForEver = isSchedulerError(error, 'STORE_REFUSED')
      if (!isForEver && (before === undefined || units.writes === before)) return false
      const { job, runId, state } = outcome.settlement
      held.add(outcome)
      logger.error(
        { job, runId, err: error },
        'The store refuses the outcome of a run and writes others; it is held back',
      )
      events.emit('outcome-refused', { job, runId, state, error })
      void keepTrying(outcome)
      return true
    },
  }
}
