import { createManualClock, createManualScheduler, type ManualScheduler } from '@pm/scheduler-testing'

import type { RunContext } from '../../src/job/run-context.ts'
import { createMemoryBackend } from '../../src/memory/create-memory-backend.ts'
import type { MemorySession } from '../../src/memory/memory-session.ts'
import type { FeedGrade } from '../../src/ports/feeds.ts'
import { every } from '../../src/schedule/every.ts'
import { CONDITIONS } from '../declared.ts'

/** A scheduler with one job a minute, in a world that a story spoils and mends. */
export interface World {
  readonly manual: ManualScheduler
  handler: (context: RunContext<MemorySession>) => unknown
  storeIsDown: boolean
  circuit: 'closed' | 'open'
  feed: FeedGrade
  pass(minutes: number): Promise<void>
  /** Another instance opens, with this version of the time zone data. */
  joinWith(timeZoneData: string): Promise<void>
  /** The others close. */
  othersLeave(): Promise<void>
}

export const MINUTE = 60_000
export const QUIET_MINUTES = 2

/** After the minutes in which nothing happens, its clock is at the present: Prometheus compares instants with its own. */
export async function createWorld(name: string): Promise<World> {
  const { sessions, store } = createMemoryBackend()
  const state: Omit<World, 'manual' | 'pass' | 'joinWith' | 'othersLeave'> = {
    handler: () => {},
    storeIsDown: false,
    circuit: 'closed',
    feed: 'fresh',
  }
  const clock = createManualClock({ startAt: Date.now() - QUIET_MINUTES * MINUTE })
  const others: ManualScheduler[] = []
  const manual = await createManualScheduler<MemorySession>({
    name,
    clock,
    timeZoneData: '2026c',
    store,
    sessions: {
      withSession: (work, options) =>
        state.storeIsDown ? Promise.reject(new Error('connection refused')) : sessions.withSession(work, options),
    },
    jobs: [
      { name: 'poll', schedule: every({ minutes: 1 }), timeoutMs: null, handler: (context) => state.handler(context) },
    ],
    providers: {
      describe: () => [
        { name: 'yahoo_finance', enabled: true, apiKeyConfigured: null, conditions: { circuit: state.circuit } },
      ],
      conditions: CONDITIONS,
    },
    feeds: {
      read: async () => [{ ...NEVER, provider: 'yahoo_finance', feed: 'AAPL' }],
      judge: () => ({ status: state.feed, expectedBy: null }),
    },
  })
  const pass = (minutes: number) => manual.advance(minutes * MINUTE)
  return Object.assign(state, {
    manual,
    pass,
    async joinWith(timeZoneData: string) {
      others.push(await createManualScheduler<MemorySession>({ name, clock, timeZoneData, sessions, store, jobs: [] }))
      await manual.advance(2_000)
    },
    async othersLeave() {
      for (const other of others.splice(0)) await other.close()
      await manual.advance(2_000)
    },
  })
}

const NEVER = { eventAt: null, fetchedAt: null, changedAt: null }
