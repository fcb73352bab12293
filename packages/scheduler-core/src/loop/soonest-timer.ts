import type { Clock, Timer } from '../clock.ts'

/** One timer of the clock for many moments: it fires at the soonest that was asked for. */
export interface SoonestTimer {
  /** Fires at this instant of the monotonic clock, unless it fires earlier anyhow. `Infinity` asks for nothing. */
  armFor(at: number): void
  /** Forgets what was asked for. */
  clear(): void
}

/** Once fired it is not armed: `onFire` asks for the next moment, if there is one. */
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
