import { type Clock, sleep } from '../clock.ts'
import { SchedulerError } from '../errors.ts'
import { mayWait, nextOf } from './places.ts'

/** Who asks. */
export interface Asker {
  /** The principal; `null` for the host's own questions, which wait as long and as many as the host likes. */
  readonly by: string | null
  /** Aborts the wait for a place. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Lets a few questions be answered at a time, and a few wait. So they never take more sessions than they have places,
 * and what does not pass the gate (claims, leases, snapshots, readiness) never waits for them.
 */
export interface ReadGate {
  /**
   * Answers once there is a place, and holds it until the answer has settled. Of those who wait, the one whose principal
   * has the fewest answers under way goes first, then the one that came first. Throws `READS_BUSY` when all places to
   * wait are taken or the wait takes too long, `TOO_MANY_REQUESTS` when its principal has taken its share of them, and
   * the reason of the signal when it aborts while it waits.
   */
  run<T>(asker: Asker, answer: () => Promise<T>): Promise<T>
  /** How many are being answered. */
  readonly running: number
  /** How many wait. */
  readonly waiting: number
}

export interface ReadGateOptions {
  /** How many are answered at a time. Asked for at each arrival, since a pool tells its size only once it is open. */
  readonly places: () => number
  /** How many may wait. One principal may have half of them. */
  readonly queue: number
  /** How long one waits, in milliseconds; `Infinity` for no limit. */
  readonly waitMs: number
  readonly clock: Clock
}

interface Waiting extends Asker {
  readonly enter: () => void
}

/** When a refused one may come again: a place is free by then, unless the questions are many. */
const RETRY_AFTER_SECONDS = 5

export function createReadGate({ places, queue, waitMs, clock }: ReadGateOptions): ReadGate {
  const running: (string | null)[] = []
  let waiting: readonly Waiting[] = []

  function admit(): void {
    while (running.length < places()) {
      const next = nextOf(waiting, running)
      if (!next) return
      waiting = waiting.filter((each) => each !== next)
      running.push(next.by)
      next.enter()
    }
  }

  async function wait({ by, signal }: Asker): Promise<void> {
    const verdict = mayWait({ by, waiting, queue })
    if (verdict === 'share') throw new SchedulerError('TOO_MANY_REQUESTS', { retryAfterSeconds: RETRY_AFTER_SECONDS })
    if (verdict === 'full') throw new SchedulerError('READS_BUSY', {})
    const entered = Promise.withResolvers<'in'>()
    const one: Waiting = { by, enter: () => entered.resolve('in') }
    waiting = [...waiting, one]
    const over = new AbortController()
    const ends = signal ? AbortSignal.any([signal, over.signal]) : over.signal
    try {
      await Promise.race([entered.promise, sleep(clock, by === null ? Infinity : waitMs, ends)])
      if (!waiting.includes(one)) return
      waiting = waiting.filter((each) => each !== one)
    } finally {
      over.abort()
    }
    signal?.throwIfAborted()
    throw new SchedulerError('READS_BUSY', {})
  }

  return {
    get running() {
      return running.length
    },
    get waiting() {
      return waiting.length
    },
    async run(asker, answer) {
      asker.signal?.throwIfAborted()
      if (waiting.length === 0 && running.length < places()) running.push(asker.by)
      else await wait(asker)
      try {
        return await answer()
      } finally {
        running.splice(running.indexOf(asker.by), 1)
        admit()
      }
    },
  }
}
