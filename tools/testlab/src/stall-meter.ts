import { type Clock, systemClock } from '@pm/scheduler-core'

export interface StallMeterOptions {
  /** Told for how long nothing could run, whenever 50 ms or more have come together since it was told last. */
  readonly onStall?: (ms: number) => void
  /** Awaited in every round, such as a round trip to a database that shares the machine: its delays count, too. */
  readonly probe?: () => Promise<unknown>
  /** How often it looks, in milliseconds (default 25). */
  readonly periodMs?: number
  readonly clock?: Clock
}

/** How long a process, or the machine around it, kept what was due from running. */
export interface StallMeter {
  /** Milliseconds in all that rounds took longer than they had to. */
  readonly totalMs: number
  /** The longest of these delays. */
  readonly worstMs: number
  stop(): void
}

/**
 * Measures the stalls of a busy machine, so that a test in real time can hold a bar exactly and still not blame the code
 * for the time in which it could not run: what it allows is the bar and the stall of the same stretch.
 */
export function createStallMeter(options: StallMeterOptions = {}): StallMeter {
  const { onStall = () => {}, probe = async () => {}, periodMs = 25, clock = systemClock } = options
  let totalMs = 0
  let worstMs = 0
  let untold = 0
  let isStopped = false
  let startedAt = clock.monotonic()
  let timer = clock.setTimer(look, periodMs)

  function look(): void {
    // A probe that fails has taken its time none the less.
    void probe()
      .catch(() => {})
      .then(measure)
  }

  function measure(): void {
    if (isStopped) return
    const delayMs = Math.floor(clock.monotonic() - startedAt - periodMs)
    if (delayMs > NOISE_MS) {
      totalMs += delayMs
      untold += delayMs
      worstMs = Math.max(worstMs, delayMs)
    }
    if (untold >= TOLD_MS) {
      onStall(untold)
      untold = 0
    }
    startedAt = clock.monotonic()
    timer = clock.setTimer(look, periodMs)
  }

  return {
    get totalMs() {
      return totalMs
    },
    get worstMs() {
      return worstMs
    },
    stop() {
      isStopped = true
      timer.cancel()
    },
  }
}

/** No timer and no round trip is exact. */
const NOISE_MS = 5
const TOLD_MS = 50
