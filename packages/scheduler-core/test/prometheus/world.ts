import {
  createManualClock,
  createManualScheduler,
  createMemoryEngine,
  type ManualScheduler,
} from '@pm/scheduler-testing'

import type { JobOptions } from '../../src/job/job.ts'
import type { RunContext } from '../../src/job/run-context.ts'
import { createMemoryBackend } from '../../src/memory/create-memory-backend.ts'
import type { MemorySession } from '../../src/memory/memory-session.ts'
import type { FeedGrade } from '../../src/ports/feeds.ts'
import { every } from '../../src/schedule/every.ts'
import { createWorker } from '../../src/worker.ts'
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
  /** A worker opens, and takes over what is queued. */
  workerJoins(): Promise<void>
  /** The others close. */
  othersLeave(): Promise<void>
}

export const MINUTE = 60_000
export const QUIET_MINUTES = 2

/** After the minutes in which nothing happens, its clock is at the present: Prometheus compares instants with its own. */
export async function createWorld(name: string, { isQueued = false } = {}): Promise<World> {
  const { sessions: ofStore, store } = createMemoryBackend()
  const state: Omit<World, 'manual' | 'pass' | 'joinWith' | 'workerJoins' | 'othersLeave'> = {
    handler: () => {},
    storeIsDown: false,
    circuit: 'closed',
    feed: 'fresh',
  }
  const clock = createManualClock({ startAt: Date.now() - QUIET_MINUTES * MINUTE })
  const others: { close(): Promise<void> }[] = []
  const { sessions, createEngine } = createMemoryEngine<MemorySession>({
    clock,
    sessions: {
      withSession: (work, options) =>
        state.storeIsDown ? Promise.reject(new Error('connection refused')) : ofStore.withSession(work, options),
    },
  })
  const jobs: readonly JobOptions<MemorySession>[] = [
    { name: 'poll', schedule: every({ minutes: 1 }), timeoutMs: null, handler: (context) => state.handler(context) },
  ]
  const manual = await createManualScheduler<MemorySession>({
    name,
    clock,
    timeZoneData: '2026c',
    store,
    sessions,
    jobs,
    ...(isQueued && { engine: createEngine() }),
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
    async workerJoins() {
      const engine = createEngine()
      const worker = createWorker<MemorySession>({
        name,
        clock,
        store,
        sessions,
        jobs,
        engine,
        followStoreClock: false,
      })
      const opening = worker.open()
      await manual.advance(0)
      await opening
      others.push({
        async close() {
          const closing = worker.close({ graceMs: 0 })
          await manual.advance(1_000)
          await closing
        },
      })
      await manual.advance(2_000)
    },
    async othersLeave() {
      for (const other of others.splice(0)) await other.close()
      await manual.advance(2_000)
    },
  })
}

const NEVER = { eventAt: null, fetchedAt: null, changedAt: null }
