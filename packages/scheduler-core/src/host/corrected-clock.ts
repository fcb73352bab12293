import type { Clock, EpochMs } from '../clock.ts'

/** The host's clock corrected by the store's, so that instances that share a store agree on the time. */
export interface CorrectedClock extends Clock {
  /** How far the store's clock is ahead of this host's, by the readings so far. */
  readonly skewMs: number
  /** Takes in one reading of the store's clock. */
  learn(reading: StoreTimeReading): void
}

/** A reading of the store's clock, and when it was requested and received on the monotonic clock. */
export interface StoreTimeReading {
  readonly storeTime: EpochMs
  readonly askedAt: number
  readonly answeredAt: number
}

/** Differences up to this are ignored: networks and timers cause them. */
const TOLERANCE_MS = 100

/**
 * Adds the measured offset to the wall clock. A reading may be wrong by half its round trip. The offset changes only
 * when a reading differs from it by more than that plus the tolerance.
 */
export function createCorrectedClock(clock: Clock): CorrectedClock {
  let offset = 0

  return {
    now: () => clock.now() + offset,
    monotonic: clock.monotonic,
    setTimer: clock.setTimer,
    ...(clock.hold && { hold: clock.hold }),
    get skewMs() {
      return offset
    },
    learn({ storeTime, askedAt, answeredAt }) {
      const uncertain = (answeredAt - askedAt) / 2
      const sinceReading = clock.monotonic() - (askedAt + uncertain)
      const measured = Math.round(storeTime + sinceReading - clock.now())
      if (Math.abs(measured - offset) > uncertain + TOLERANCE_MS) offset = measured
    },
  }
}
