import { type Clock, sleep } from '../clock.ts'
import type { RunMessage } from '../ports/engine.ts'

/** The messages of runs that are committed and have not reached the engine yet. */
export interface LateMessages {
  add(messages: readonly RunMessage[]): void
  /** Resolves when none is left, or the engine has failed with the next. */
  whenTried(): Promise<void>
  /** Gives up those that are left: their runs are handed over again once `queueTimeoutMs` has passed. */
  stop(): void
}

export interface LateMessagesOptions {
  readonly clock: Clock
  readonly dispatch: (messages: readonly RunMessage[]) => Promise<void>
}

const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 10_000
/** The most that are kept and that go at a time. More are left to be handed over again. */
const MOST = 10_000
const BATCH = 1_000

/** An engine that is no part of the transaction gets the messages after the commit, again and again until it takes them. */
export function createLateMessages({ clock, dispatch }: LateMessagesOptions): LateMessages {
  const stopping = new AbortController()
  const { signal } = stopping
  let waiting: RunMessage[] = []
  let isFlushing = false
  let tried: (() => void)[] = []

  function noticeTried(): void {
    for (const resolve of tried) resolve()
    tried = []
  }

  async function flush(): Promise<void> {
    let waitMs = FIRST_WAIT_MS
    while (waiting.length > 0 && !signal.aborted) {
      const batch = waiting.slice(0, BATCH)
      try {
        await dispatch(batch)
        waiting = waiting.slice(batch.length)
        waitMs = FIRST_WAIT_MS
      } catch {
        // Whoever calls the engine has logged it.
        noticeTried()
        await sleep(clock, waitMs, signal)
        waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)
      }
    }
    isFlushing = false
    noticeTried()
  }

  return {
    add(messages) {
      if (signal.aborted) return
      waiting.push(...messages.slice(0, MOST - waiting.length))
      if (isFlushing) return
      isFlushing = true
      void flush()
    },
    whenTried() {
      if (!isFlushing) return Promise.resolve()
      return new Promise((resolve) => tried.push(resolve))
    },
    stop: () => stopping.abort(),
  }
}
