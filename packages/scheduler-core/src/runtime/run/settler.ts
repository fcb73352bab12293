import { sleep } from '../../clock.ts'
import { isSchedulerError } from '../../errors.ts'
import { batchSize } from './batch-size.ts'
import { createHeldOutcomes, type Outcome } from './held-outcomes.ts'
import type { InstanceContext } from './instance-context.ts'
import { createLockedOutcomes } from './locked-outcomes.ts'
import { createOutcomeBatches } from './outcome-batches.ts'
import { createTriage } from './outcome-triage.ts'
import { createOutcomeWriter } from './outcome-writer.ts'

/** Writes outcomes, many in one unit of work. */
export interface Settler {
  /**
   * Calls `onResult` once, never synchronously, when the outcome is durable or was refused. It retries while the store
   * fails. Reports `abandoned` when the settler was stopped first: the sweep of another instance then finds the run.
   */
  settle(outcome: Outcome): void
  /** How many outcomes the store refuses to write although it writes others. Each is retried by itself. */
  readonly refused: number
  /** Gives up the waiting outcomes. */
  stop(): void
}

const RETRY_MS = 500
/**
 * How many failures in a row are retried at once. Halves of a batch fail and succeed by turns while a refused outcome
 * is isolated; after more failures the settler pauses.
 */
const AT_ONCE = 2

/**
 * New outcomes go into batches. A batch that fails becomes suspect, and the triage decides what becomes of it. Suspect
 * and new batches take turns, so that one refused outcome holds up no other.
 */
export function createSettler<S extends object>(context: InstanceContext<S>): Settler {
  const { store, clock } = context
  const batchLimit = batchSize(store)
  /** This many failures in a row halve a batch down to one. Beyond that, the store itself fails. */
  const halvings = Math.ceil(Math.log2(batchLimit)) + 1
  const stopping = new AbortController()
  const { signal } = stopping
  const batches = createOutcomeBatches(batchLimit)
  const write = createOutcomeWriter<S>(context, { signal, onLocked: (outcome) => locked.add(outcome) })
  const writeSuspect = (batch: readonly Outcome[]) => write(batch, { isSuspect: true })
  const locked = createLockedOutcomes({ clock, signal, write: writeLocked })
  const held = createHeldOutcomes<S>(context, { write: writeSuspect, signal })
  const triage = createTriage<S>(context, { batches, held })
  let writing: readonly Outcome[] = []
  let failuresInARow = 0
  let flushing = false

  async function flush(): Promise<void> {
    while (!batches.isEmpty && !signal.aborted) {
      await attempt(batches.takeFresh(), write)
      await attempt(batches.takeSuspect(), writeSuspect)
      if (failuresInARow > AT_ONCE) await sleep(clock, RETRY_MS, signal)
    }
    flushing = false
  }

  async function attempt(batch: readonly Outcome[] | undefined, writeBatch: typeof writeSuspect): Promise<void> {
    if (!batch || signal.aborted) return
    writing = batch
    try {
      await writeBatch(batch)
      failuresInARow = 0
    } catch (error) {
      // A store that refuses an outcome for ever has answered, so it has not failed.
      if (!isSchedulerError(error, 'STORE_REFUSED')) failuresInARow++
      suspect(batch, error)
    }
    writing = []
  }

  /** Writes outcomes whose rows were locked a moment ago. When the store fails, they wait with the new ones. */
  async function writeLocked(batch: readonly Outcome[]): Promise<void> {
    try {
      await write(batch, { waitMs: 0 })
    } catch (error) {
      suspect(batch, error)
      flushSoon()
    }
  }

  function suspect(batch: readonly Outcome[], error: unknown): void {
    triage({ batch, error, isStoreAtFault: failuresInARow > halvings })
  }

  /** Outcomes that are settled in the same turn of the event loop share one unit of work. */
  function flushSoon(): void {
    if (flushing) return
    flushing = true
    queueMicrotask(() => void flush())
  }

  return {
    settle(outcome) {
      if (signal.aborted) return queueMicrotask(() => outcome.onResult('abandoned', outcome.settlement))
      batches.add(outcome)
      flushSoon()
    },
    get refused() {
      return held.size
    },
    stop() {
      stopping.abort()
      const waiting = [writing, batches.takeAll(), held.outcomes, locked.outcomes]
      for (const batch of waiting) for (const outcome of batch) outcome.onResult('abandoned', outcome.settlement)
    },
  }
}
