import type { Clock, Look, SessionProvider, Timer } from '@pm/scheduler-core'

/** The doors through which a scheduler instance reaches the world, until its process dies. */
export interface MortalProcess<S> {
  readonly clock: Clock
  readonly sessions: SessionProvider<S>
  /** From here on no timer of this process fires and no unit of work of it begins, as after SIGKILL. Nothing rejects. */
  kill(): void
}

export function createMortalProcess<S>(clock: Clock, sessions: SessionProvider<S>): MortalProcess<S> {
  const timers = new Set<Timer>()
  let dead = false

  function setTimer(callback: () => void, delayMs: number, look?: Look): Timer {
    if (dead) return { cancel: () => {} }
    const timer = clock.setTimer(
      () => {
        timers.delete(timer)
        callback()
      },
      delayMs,
      look,
    )
    timers.add(timer)
    return {
      cancel() {
        timers.delete(timer)
        timer.cancel()
      },
    }
  }

  return {
    clock: { now: () => clock.now(), monotonic: () => clock.monotonic(), setTimer },
    sessions: {
      withSession: (work, options) => (dead ? new Promise(() => {}) : sessions.withSession(work, options)),
    },
    kill() {
      dead = true
      for (const timer of timers) timer.cancel()
      timers.clear()
    },
  }
}
