import { sleep } from '../../clock.ts'
import type { InstanceContext } from './instance-context.ts'
import type { RunExecution } from './run-execution.ts'
import { toRunFields } from './to-run-fields.ts'

/** Leaves runs that a shutdown breaks off open without an owner. */
export interface Releaser {
  /**
   * Calls `onDone` once the store has released the run or knows another owner. Retries while the store fails. Not called
   * when the releaser is stopped first: the run's lease then ends, and the sweep finds it.
   */
  release(execution: RunExecution, onDone: (outcome: { readonly isReleased: boolean }) => void): void
  /** Gives up the runs that wait to be released. */
  stop(): void
}

interface Waiting {
  readonly execution: RunExecution
  readonly onDone: (outcome: { readonly isReleased: boolean }) => void
}

const RETRY_MS = 50
/** Short, since a shutdown waits for it. A row that is locked for longer is tried again. */
const LOCK_WAIT_MS = 100

export function createReleaser<S extends object>({
  scheduler,
  store,
  units,
  clock,
  logger,
}: InstanceContext<S>): Releaser {
  const stopping = new AbortController()
  let waiting: Waiting[] = []
  let isFlushing = false

  async function flush(): Promise<void> {
    while (waiting.length > 0 && !stopping.signal.aborted) {
      const batch = waiting
      waiting = []
      const left = await write(batch).catch((error: unknown) => {
        const runs = toRunFields(batch.map(({ execution }) => execution.claim))
        logger.warn({ err: error, ...runs, waiting: batch.length }, 'Runs could not be released yet; it is tried again')
        return batch
      })
      waiting.push(...left)
      if (left.length > 0) await sleep(clock, RETRY_MS, stopping.signal)
    }
    isFlushing = false
  }

  /** Resolves with those whose rows another transaction holds. */
  async function write(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    const releases = batch.map(({ execution }) => execution.release())
    const input = { scheduler, now: clock.now(), releases, waitMs: LOCK_WAIT_MS }
    const results = await units.run('release', (session) => store.release(session, input), { wrote: () => true })
    if (stopping.signal.aborted) return []
    return batch.filter(({ onDone }, index) => {
      if (results[index] === 'locked') return true
      onDone({ isReleased: results[index] === 'released' })
      return false
    })
  }

  return {
    release(execution, onDone) {
      waiting.push({ execution, onDone })
      if (isFlushing) return
      isFlushing = true
      queueMicrotask(() => void flush())
    },
    stop: () => stopping.abort(),
  }
}
