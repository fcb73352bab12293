import type { Clock } from '@pm/scheduler-core'

/** Keeps a pause between an answer and the next request. */
export interface Pace {
  /** Resolves when the next request may be sent, or at once when the signal aborts; never rejects. */
  wait(signal: AbortSignal): Promise<void>
  /** Reports that a request was answered or given up. */
  answered(): void
}

export function createPace(clock: Clock, distanceMs: number): Pace {
  let answeredAt = Number.NEGATIVE_INFINITY
  return {
    async wait(signal) {
      const waitMs = answeredAt + distanceMs - clock.monotonic()
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
      answeredAt = clock.monotonic()
    },
  }
}
