import { createMemoryBackend, type MemorySession, type RunId } from '@pm/scheduler-core'

import { describeEngine } from '../conformance/engine/describe-engine.ts'
import type { CreateEngineHarness } from '../conformance/engine/harness.ts'
import { createQuietSessions } from '../manual/quiet-sessions.ts'
import { createManualClock } from '../manual-clock.ts'
import { createMemoryEngine } from './create-memory-engine.ts'

const harnessOf =
  (transactional: boolean): CreateEngineHarness<MemorySession> =>
  async () => {
    const clock = createManualClock()
    const server = createMemoryEngine({ sessions: createMemoryBackend().sessions, clock, transactional })
    const turns = createQuietSessions<MemorySession>({ withSession: () => Promise.reject(new Error('none')) })
    return {
      async createSide() {
        const engine = server.createEngine()
        return { engine, sessions: server.sessions, kill: async () => engine.kill() }
      },
      deleteQueue: async (_scheduler, queue) => server.deleteQueue(queue),
      putForeign: async (scheduler, queue, { id }) =>
        server.put({ id: id as RunId, scheduler, job: 'foreign', queue, priority: 0 }),
      now: () => clock.monotonic(),
      async pass(ms) {
        await turns.whenQuiet()
        await clock.advance(ms, turns.whenQuiet)
      },
      close: async () => {},
    }
  }

describeEngine('memory, transactional', harnessOf(true))
describeEngine('memory, not transactional', harnessOf(false))
