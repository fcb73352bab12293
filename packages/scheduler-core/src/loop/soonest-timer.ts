import type { Clock, Timer } from '../clock.ts'

/** One timer of the clock for many requested instants. It fires at the earliest. */
export interface SoonestTimer {
  /** Requests that the timer fires at this instant of the monotonic clock or earlier. `Infinity` requests nothing. */
  armFor(at: number): void
  /** Cancels all requests. */
  clear(): void
}

/** A timer that has fired is not armed any more: `onFire` requests the next instant, if there is one. */
export function createSoonestTimer(clock: Clock, onFire: () => void): SoonestTimer {
  let timer: Timer | null = null
  let firesAt = Infinity

  function clear(): void {
    timer?.cancel()
    timer = null
    firesAt = Infinity
  }

  function fire(): void {
    clear()
    onFire()
  }

  return {
    armFor(at) {
      if (at >= firesAt) return
      timer?.cancel()
      firesAt = at
      timer = clock.setTimer(fire, Math.max(0, at - clock.monotonic()))
    },
    clear,
  }
}
