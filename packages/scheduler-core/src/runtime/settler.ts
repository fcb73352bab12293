import { type Clock, sleep } from '../clock.ts'
import type { Logger } from '../ports/logger.ts'
import type { SettleResult, Store } from '../ports/store.ts'
import type { Settlement } from '../run/ledger-entry.ts'
import type { Units } from './units.ts'

/** Writes outcomes, many in one unit of work. */
export interface Settler {
  /**
   * Resolves when the outcome is durable, or was refused; while the store fails it keeps trying. Resolves with
   * `abandoned` when the settler was stopped first: the sweep of another instance then finds the run.
   */
  settle(settlement: Settlement): Promise<SettleResult | 'abandoned'>
  /** Gives up on what is still waiting. */
  stop(): void
}

export interface SettlerOptions<S> {
  readonly scheduler: string
  readonly store: Store<S>
  readonly units: Units<S>
  readonly clock: Clock
  readonly logger: Logger
}

interface Waiting {
  readonly settlement: Settlement
  readonly resolve: (result: SettleResult | 'abandoned') => void
}

const BATCH = 500
const RETRY_MS = 500

export function createSettler<S>({ scheduler, store, units, clock, logger }: SettlerOptions<S>): Settler {
  const stopping = new AbortController()
  const batches: Waiting[][] = []
  let writing: readonly Waiting[] = []
  let flushing = false

  async function flush(): Promise<void> {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      writing = batch
      await write(batch)
    }
    writing = []
    flushing = false
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    const settlements = batch.map((waiting) => waiting.settlement)
    while (!stopping.signal.aborted) {
      try {
        const results = await units.run('settle', (session) => store.settle(session, { scheduler, settlements }))
        for (const [index, waiting] of batch.entries()) waiting.resolve(results[index] ?? 'fenced')
        return
      } catch (error) {
        const waiting = batches.reduce((sum, { length }) => sum + length, batch.length)
        logger.warn({ err: error, waiting }, 'Outcomes could not be written yet; they are kept')
        await sleep(clock, RETRY_MS, stopping.signal)
      }
    }
  }

  function enqueue(waiting: Waiting): void {
    const last = batches.at(-1)
    if (last && last.length < BATCH) last.push(waiting)
    else batches.push([waiting])
  }

  return {
    settle(settlement) {
      if (stopping.signal.aborted) return Promise.resolve('abandoned')
      return new Promise((resolve) => {
        enqueue({ settlement, resolve })
        // What is settled in the same turn shares one unit of work.
        if (!flushing) {
          flushing = true
          queueMicrotask(() => void flush())
        }
      })
    },
    stop() {
      stopping.abort()
      for (const batch of [writing, ...batches.splice(0)]) for (const { resolve } of batch) resolve('abandoned')
    },
  }
}
