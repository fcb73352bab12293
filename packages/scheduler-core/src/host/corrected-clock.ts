import type { Clock, EpochMs } from '../clock.ts'

/** A host's clock as the store's would read: instances that share a store then agree on what time it is. */
export interface CorrectedClock extends Clock {
  /** How far the store's clock is ahead of this host's, as far as is known. */
  readonly skewMs: number
  /** Takes in one reading of the store's clock. */
  learn(reading: StoreTimeReading): void
}

/** A reading, and when on the monotonic clock it was asked for and had. */
export interface StoreTimeReading {
  readonly storeTime: EpochMs
  readonly askedAt: number
  readonly answeredAt: number
}

/** Smaller differences are left alone: they are within what networks and timers do anyway. */
const TOLERANCE_MS = 100

/**
 * Adds the measured offset to the wall. A reading is as good as half of its round trip; it is followed only when it
 * differs by more than that and the tolerance from what is assumed.
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
