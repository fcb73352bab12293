/** An instant as milliseconds since the Unix epoch, UTC. Instants end in `At` or `For`. */
export type EpochMs = number

/** An instant as a caller may give it: a `Date`, or milliseconds since the Unix epoch. What is answered is `EpochMs`. */
export type Instant = Date | EpochMs

/** A timer that was set and can be called off. Cancelling twice, or after it fired, does nothing. */
export interface Timer {
  cancel(): void
}

/**
 * The only door to time. Nothing else in the library reads the host's clock or sets a timer, so a test that
 * passes a manual clock owns all of it.
 */
export interface Clock {
  /** Wall time. May jump, forwards or backwards, when the host's clock is corrected. */
  now(): EpochMs
  /** Milliseconds from an arbitrary origin that never run backwards. For durations and uptime. */
  monotonic(): number
  /**
   * Calls `callback` once, `delayMs` of monotonic time from now. Delays longer than a platform timer can hold
   * are the caller's to cut (see `MAX_TIMER_MS`). The timer does not keep the process alive.
   */
  setTimer(callback: () => void, delayMs: number): Timer
  /**
   * Keeps the process alive until it is cancelled. Left out by a clock that is not the host's, such as a test's: nothing
   * that lives by it holds a process.
   */
  hold?(): Timer
}

/** Node fires a longer delay after 1 ms instead of waiting: 2^31 - 1 is the most that one timer holds. */
export const MAX_TIMER_MS = 2 ** 31 - 1

/** The host's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, Math.min(Math.max(delayMs, 0), MAX_TIMER_MS))
    // In a browser a timer is a number, and there is no process to keep alive.
    if (typeof timer === 'object') timer.unref()
    return { cancel: () => clearTimeout(timer) }
  },
  hold() {
    // A timer is what every host has that holds a process. It comes round once in 25 days and does nothing.
    const timer = setInterval(() => {}, MAX_TIMER_MS)
    return { cancel: () => clearInterval(timer) }
  },
}

/** Resolves after `delayMs`, or at once when the signal aborts; it never rejects. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const wake = () => {
      timer.cancel()
      signal?.removeEventListener('abort', wake)
      resolve()
    }
    const timer = clock.setTimer(wake, Math.min(delayMs, MAX_TIMER_MS))
    signal?.addEventListener('abort', wake, { once: true })
  })
}

/** Waits for `work`, but no longer than `limitMs`; answers whether it came to its end. A rejection is passed on. */
export async function within(clock: Clock, limitMs: number, work: Promise<unknown>): Promise<boolean> {
  const over = new AbortController()
  try {
    return await Promise.race([work.then(() => true), sleep(clock, limitMs, over.signal).then(() => false)])
  } finally {
    over.abort()
  }
}

/** `instant` as ISO 8601 in UTC with milliseconds, the one format of instants on the wire. */
export function toIso(instant: EpochMs): string {
  return new Date(instant).toISOString()
}

/** `instant` as HTTP has dates (RFC 9110 section 5.6.7), to the second. */
export function toHttpDate(instant: EpochMs): string {
  return new Date(instant).toUTCString()
}
