/** The time of the server as far as it is known, with one timer for the whole page. */
export interface PageClock {
  now(): number
  /** Calls the listener once a second, while somebody listens and the page is visible. */
  subscribe(listener: () => void): () => void
  /** Corrects for a viewer's clock that goes wrong, by the `Date` of an answer. */
  calibrate(serverMs: number): void
}

/** `Date` has whole seconds, and an answer takes time: a smaller difference says nothing. */
const TOLERANCE_MS = 3_000

export function createPageClock(): PageClock {
  const listeners = new Set<() => void>()
  let correction = 0
  let timer: number | undefined

  function tick(): void {
    timer = undefined
    if (listeners.size === 0) return
    timer = window.setTimeout(tick, 1_000)
    if (!document.hidden) for (const listener of listeners) listener()
  }

  document.addEventListener('visibilitychange', () => {
    window.clearTimeout(timer)
    tick()
  })

  return {
    now: () => Date.now() + correction,
    calibrate(serverMs) {
      const difference = serverMs - Date.now()
      correction = Math.abs(difference) > TOLERANCE_MS ? difference : 0
    },
    subscribe(listener) {
      listeners.add(listener)
      if (timer === undefined) timer = window.setTimeout(tick, 1_000)
      return () => listeners.delete(listener)
    },
  }
}
