import { fileURLToPath } from 'node:url'

import type { Logger } from '@pm/scheduler-core'

import { UserError } from '../user-error.ts'
import type { WorkerOrders } from './worker-orders.ts'
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts'

export interface StartWorkersOptions {
  readonly count: number
  /** What all of them are told. Their names are `worker-1` and so on. */
  readonly orders: Omit<WorkerOrders, 'name'>
  readonly logger: Logger
  /** What a worker runs (default `worker-main.ts`). */
  readonly file?: string
  /** How long after its first end a worker is started again (default 1,000); each time in a row twice as long. */
  readonly againAfterMs?: number
}

/** Worker processes that are started again when they end. */
export interface Workers {
  /** Lets all of them drain, and starts none again. Resolves when they have ended. */
  stop(): Promise<void>
}

const MOST_AGAIN_AFTER_MS = 30_000
/** A worker that was there for so long has not failed in a row. */
const STEADY_MS = 60_000

/**
 * Starts the workers, and resolves when all of them are ready.
 *
 * @throws UserError when one ends before that; the others are stopped.
 */
export async function startWorkers(options: StartWorkersOptions): Promise<Workers> {
  const { count, orders, logger, file = WORKER_MAIN, againAfterMs = 1_000 } = options
  const living = new Map<string, WorkerProcess>()
  const waiting = new Set<NodeJS.Timeout>()
  let isStopping = false

  function start(name: string, failures: number): WorkerProcess {
    const worker = startWorkerProcess(file, { ...orders, name })
    const startedAt = performance.now()
    living.set(name, worker)
    void worker.ended.then((how) => {
      living.delete(name)
      if (isStopping) return
      const inARow = performance.now() - startedAt > STEADY_MS ? 0 : failures
      const afterMs = Math.min(againAfterMs * 2 ** inARow, MOST_AGAIN_AFTER_MS)
      logger.warn({ worker: name, ended: how, afterMs }, 'a worker has ended, and is started again')
      const timer = setTimeout(() => {
        waiting.delete(timer)
        start(name, inARow + 1)
      }, afterMs)
      waiting.add(timer)
    })
    return worker
  }

  async function stop(): Promise<void> {
    isStopping = true
    for (const timer of waiting) clearTimeout(timer)
    await Promise.all([...living.values()].map((worker) => worker.stop()))
  }

  const names = Array.from({ length: count }, (_, index) => `worker-${index + 1}`)
  try {
    await Promise.all(names.map((name) => start(name, 0).ready))
  } catch (error) {
    await stop()
    throw new UserError(error instanceof Error ? error.message : String(error), [], { cause: error })
  }
  return { stop }
}

const WORKER_MAIN = fileURLToPath(new URL('./worker-main.ts', import.meta.url))
