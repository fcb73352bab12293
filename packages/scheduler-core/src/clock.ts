/** Milliseconds since the Unix epoch, UTC. Such fields end in `At` or `For`. */
export type EpochMs = number

/** An instant as a caller may give it: a `Date`, or `EpochMs`, which the library answers in. */
export type Instant = Date | EpochMs

/** A pending timer. Cancelling it twice, or after it fired, does nothing. */
export interface Timer {
  cancel(): void
}

/**
 * A timer that is set again and again to look whether something has changed. A test's clock leaves out looks that would
 * find nothing, so that a month without an event passes in milliseconds.
 */
export interface Look {
  /** A look may still find something new this long after another timer fired (0: only the next look may). */
  readonly quietAfterMs: number
  /** When something is known to happen, in milliseconds from now; `Infinity` when nothing is. */
  readonly untilMs: number
}

/** The library's only access to time: a test that passes a manual clock controls all time. */
export interface Clock {
  /** Wall time. May jump in both directions when the host's clock is corrected. */
  now(): EpochMs
  /** Milliseconds from an arbitrary origin that never run backwards. */
  monotonic(): number
  /**
   * Calls `callback` once, `delayMs` of monotonic time from now, at most `MAX_TIMER_MS`. Does not keep the process
   * alive. `look` says that the callback will only look whether something has changed; a clock may ignore it.
   */
  setTimer(callback: () => void, delayMs: number, look?: Look): Timer
  /**
   * Keeps the process alive until the timer is cancelled. Left out, as by a test's clock, a scheduler does not keep it
   * alive.
   */
  hold?(): Timer
}

/** The longest delay of one timer, 2^31 - 1 ms. Node fires a longer one after 1 ms. */
export const MAX_TIMER_MS = 2 ** 31 - 1

/** Resolves in the next turn of the event loop, after what waits there. It takes no time of any clock. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

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
    // A pending timer keeps the process alive on every host. This one fires every 25 days and does nothing.
    const timer = setInterval(() => {}, MAX_TIMER_MS)
    return { cancel: () => clearInterval(timer) }
  },
}

/** Resolves after `delayMs`, or at once when the signal aborts; it never rejects. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal, look?: Look): Promise<void> {
  if (signal?.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const wake = () => {
      timer.cancel()
      signal?.removeEventListener('abort', wake)
      resolve()
    }
    const timer = clock.setTimer(wake, Math.min(delayMs, MAX_TIMER_MS), look)
    signal?.addEventListener('abort', wake, { once: true })
  })
}

/**
 * Waits for `work`, but no longer than `limitMs`. Answers whether `work` resolved in time; rejects when `work` rejects.
 */
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

/** `instant` in HTTP's date format (RFC 9110 section 5.6.7), to the second. */
export function toHttpDate(instant: EpochMs): string {
  return new Date(instant).toUTCString()
}
