import { setImmediate } from 'node:timers/promises'

import type { SessionProvider } from '@pm/scheduler-core'

/** Sessions of a store, and the signal that nothing is using one: the named end of whatever I/O a step began. */
export interface QuietSessions<S> extends SessionProvider<S> {
  /** Resolves when no unit of work has been open for a few turns of the event loop. */
  whenQuiet(): Promise<void>
}

/** Promise chains between two units of work end well within this many turns. */
const QUIET_TURNS = 5

export function createQuietSessions<S>(sessions: SessionProvider<S>): QuietSessions<S> {
  let open = 0
  let waiting = Promise.withResolvers<void>()
  return {
    async withSession(work, options) {
      open++
      try {
        return await sessions.withSession(work, options)
      } finally {
        open--
        if (open === 0) {
          waiting.resolve()
          waiting = Promise.withResolvers()
        }
      }
    },
    async whenQuiet() {
      for (let turns = 0; turns < QUIET_TURNS; turns++) {
        await setImmediate()
        if (open > 0) {
          turns = -1
          // Without turning meanwhile: the processor is the database's, which has the answer to give.
          await waiting.promise
        }
      }
    },
  }
}
