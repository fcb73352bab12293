import { type Clock, sleep } from '../../clock.ts'
import { isSchedulerError } from '../../errors.ts'
import type { Logger } from '../../ports/logger.ts'
import type { Store } from '../../ports/store.ts'
import type { Settlement } from '../../run/ledger-entry.ts'
import { type Reduction, reduceOutcome } from '../../run/reduced-outcome.ts'
import type { Units } from '../../session/units.ts'
import { batchSize } from './batch-size.ts'
import { createHeldOutcomes, type Outcome, type RefusedOutcome } from './held-outcomes.ts'
import { createLockedOutcomes } from './locked-outcomes.ts'

/** Writes outcomes, many in one unit of work. */
export interface Settler {
  /**
   * Calls `onResult` once, never within this call, when the outcome is durable or was refused; while the store fails it
   * keeps trying. Says `abandoned` when the settler was stopped first: the sweep of another instance then finds the run.
   */
  settle(settlement: Settlement, onResult: Outcome['onResult']): void
  /** How many outcomes the store refuses to write although it writes others; each is tried again by itself. */
  readonly refused: number
  /** Gives up on what is still waiting. */
  stop(): void
}

export interface SettlerOptions<S> {
  readonly scheduler: string
  readonly store: Store<S>
  readonly units: Units<S>
  readonly clock: Clock
  readonly logger: Logger
  /** Told of an outcome when the store is found to refuse it. */
  readonly onRefused: (refused: RefusedOutcome) => void
  /** Told when something is left out of an outcome, since the store can never take it. */
  readonly onReduced: (reduced: Reduction & { readonly error: unknown }) => void
}

const RETRY_MS = 500
/** A tick, a renewal or another settlement holds rows for less; who holds them for longer delays their outcomes alone. */
const LOCK_WAIT_MS = 150
/** Halves of one batch fail and succeed by turns while one outcome is looked for; more in a row are worth a rest. */
const AT_ONCE = 2

/**
 * New outcomes go into batches. A batch that fails becomes suspect and is cut into halves, which are tried by turns with
 * what is new, until what the store refuses stands alone. When it can never take that, what it may not take is left out,
 * step by step; what is refused all the same is held back, and everything else is written.
 */
export function createSettler<S>(options: SettlerOptions<S>): Settler {
  const { scheduler, store, units, clock, logger } = options
  const batchLimit = batchSize(store)
  /** So many failures in a row halve a batch down to one. Beyond that it is the store that fails. */
  const halvings = Math.ceil(Math.log2(batchLimit)) + 1
  const stopping = new AbortController()
  const fresh: Outcome[][] = []
  const suspects: Outcome[][] = []
  const locked = createLockedOutcomes({ clock, signal: stopping.signal, write: writeLocked })
  const held = createHeldOutcomes({ ...options, write: writeSuspect, signal: stopping.signal })
  let writing: readonly Outcome[] = []
  let failuresInARow = 0
  let flushing = false

  async function flush(): Promise<void> {
    while (fresh.length + suspects.length > 0 && !stopping.signal.aborted) {
      await attempt(fresh.shift(), write)
      await attempt(suspects.shift(), writeSuspect)
      if (failuresInARow > AT_ONCE) await sleep(clock, RETRY_MS, stopping.signal)
    }
    flushing = false
  }

  async function attempt(batch: readonly Outcome[] | undefined, writeBatch: typeof write): Promise<void> {
    if (!batch || stopping.signal.aborted) return
    writing = batch
    try {
      await writeBatch(batch)
      failuresInARow = 0
    } catch (error) {
      // A store that refuses for ever what it was given has answered.
      if (!isSchedulerError(error, 'STORE_REFUSED')) failuresInARow++
      suspect(batch, error)
    }
    writing = []
  }

  async function write(batch: readonly Outcome[], { isSuspect = false, waitMs = LOCK_WAIT_MS } = {}): Promise<void> {
    const settlements = batch.map(({ settlement }) => settlement)
    const results = await units.run('settle', (session) => store.settle(session, { scheduler, settlements, waitMs }), {
      isProbe: isSuspect,
      mayBeRefused: true,
      wrote: (results) => results.includes('settled'),
    })
    // Those that were under way when it stopped have been told by now.
    if (stopping.signal.aborted) return
    batch.forEach((outcome, index) => {
      const result = results[index] ?? 'fenced'
      if (result === 'locked') locked.add(outcome)
      else outcome.onResult(result, outcome.settlement)
    })
  }

  /** What fails here says something of the outcomes, and not yet of the store. */
  function writeSuspect(batch: readonly Outcome[]): Promise<void> {
    return write(batch, { isSuspect: true })
  }

  /** What another transaction held a moment ago. When the store fails, they wait with what is new. */
  async function writeLocked(batch: readonly Outcome[]): Promise<void> {
    try {
      await write(batch, { waitMs: 0 })
    } catch (error) {
      suspect(batch, error)
      flushSoon()
    }
  }

  function suspect(batch: readonly Outcome[], error: unknown): void {
    const [first, ...others] = batch
    if (first && others.length === 0 && reduced(first, error)) return
    if (first && others.length === 0 && held.takeIfRefused(first, error)) return
    const waiting = [...fresh, ...suspects].reduce((sum, { length }) => sum + length, batch.length)
    logger.warn({ err: error, waiting }, 'Outcomes could not be written yet; they are kept')
    if (others.length === 0 || failuresInARow > halvings) return void suspects.push([...batch])
    const half = batch.length / 2
    suspects.push(batch.slice(0, half), batch.slice(half))
  }

  /** Whether something could be left out of the outcome, which is tried again without it. */
  function reduced({ settlement, onResult }: Outcome, error: unknown): boolean {
    const less = isSchedulerError(error, 'STORE_REFUSED') ? reduceOutcome(settlement) : null
    if (!less) return false
    const { job, runId } = settlement
    const { leftOut } = less
    logger.warn({ job, runId, leftOut, err: error }, 'The store can never take a part of an outcome, which is left out')
    options.onReduced({ ...less, error })
    suspects.push([{ settlement: less.settlement, onResult }])
    return true
  }

  function enqueue(outcome: Outcome): void {
    const last = fresh.at(-1)
    if (last && last.length < batchLimit) last.push(outcome)
    else fresh.push([outcome])
  }

  /** What is settled in the same turn shares one unit of work. */
  function flushSoon(): void {
    if (flushing) return
    flushing = true
    queueMicrotask(() => void flush())
  }

  return {
    settle(settlement, onResult) {
      if (stopping.signal.aborted) {
        queueMicrotask(() => onResult('abandoned', settlement))
        return
      }
      enqueue({ settlement, onResult })
      flushSoon()
    },
    get refused() {
      return held.size
    },
    stop() {
      stopping.abort()
      const waiting = [writing, ...fresh.splice(0), ...suspects.splice(0), held.outcomes, locked.outcomes]
      for (const batch of waiting) for (const { onResult, settlement } of batch) onResult('abandoned', settlement)
    },
  }
}
