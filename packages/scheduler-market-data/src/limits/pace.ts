import type { Clock } from '@pm/scheduler-core'

/** Keeps a pause between the requests of a provider. */
export interface Pace {
  /** Resolves when the next request may be sent, or at once when the signal aborts; never rejects. */
  wait(signal: AbortSignal): Promise<void>
  /** Reports that a request was answered or given up. */
  answered(): void
}

export interface PaceOptions {
  readonly paceMs: number
  /** Whether the pause begins with the answer, which keeps the distance at the provider whatever the way takes. */
  readonly fromAnswer: boolean
}

export function createPace(clock: Clock, { paceMs, fromAnswer }: PaceOptions): Pace {
  let nextAt = Number.NEGATIVE_INFINITY
  return {
    async wait(signal) {
      const now = clock.monotonic()
      // Taken before the wait, so that each of several requests that wait at once has an instant of its own.
      const at = Math.max(now, nextAt)
      nextAt = at + paceMs
      const waitMs = at - now
      if (waitMs <= 0 || signal.aborted) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const wake = () => resolve()
      const timer = clock.setTimer(wake, waitMs)
      signal.addEventListener('abort', wake, { once: true })
      await promise
      timer.cancel()
      signal.removeEventListener('abort', wake)
    },
    answered() {
      if (fromAnswer) nextAt = Math.max(nextAt, clock.monotonic() + paceMs)
    },
  }
}
