/** Counts attempts by a key, such as an address, in windows of time. */
export interface Attempts {
  /** Counts an attempt and returns 0, or returns how many milliseconds to wait when there were too many. */
  take(key: string): number
  /** Takes an attempt back: it was a right one. */
  giveBack(key: string): void
}

/**
 * Allows `limit` attempts with one key per window, which begins with the first of them. An attempt is counted before it is
 * checked, so that those that come at the same moment count too. In the memory of this process: with several processes
 * each counts for itself. At most `keys` keys are kept, the latest.
 */
export function createAttempts({ limit, windowMs, keys = 10_000, now = Date.now }: AttemptsOptions): Attempts {
  const windows = new Map<string, { taken: number; readonly endsAt: number }>()
  return {
    take(key) {
      const at = now()
      let window = windows.get(key)
      if (window === undefined || window.endsAt <= at) {
        window = { taken: 0, endsAt: at + windowMs }
        // Deleted first, so that the map stays in the order of the windows' ends: the first is the oldest.
        windows.delete(key)
        windows.set(key, window)
        const [oldest = key] = windows.keys()
        if (windows.size > keys) windows.delete(oldest)
      }
      if (window.taken >= limit) return window.endsAt - at
      window.taken += 1
      return 0
    },
    giveBack(key) {
      const window = windows.get(key)
      if (window !== undefined && window.taken > 0) window.taken -= 1
    },
  }
}

export interface AttemptsOptions {
  readonly limit: number
  readonly windowMs: number
  /** Default 10,000. */
  readonly keys?: number
  /** Milliseconds of any clock that does not go back. */
  readonly now?: () => number
}
