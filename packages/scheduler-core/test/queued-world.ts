import {
  createManualClock,
  createManualScheduler,
  createMemoryEngine,
  type ManualScheduler,
  type MemoryEngineServer,
} from '@pm/scheduler-testing'
import { onTestFinished } from 'vitest'

import { createMemoryBackend } from '../src/memory/create-memory-backend.ts'
import type { MemorySession } from '../src/memory/memory-session.ts'
import { every } from '../src/schedule/every.ts'
import { createWorker } from '../src/worker.ts'
import type { HostWorker } from '../src/worker-api.ts'

export const MINUTE = 60_000

/** A scheduler whose runs wait in a queue until a worker is there. */
export interface QueuedWorld {
  readonly manual: ManualScheduler
  readonly server: MemoryEngineServer<MemorySession>
  /** Opens a worker that has these jobs (default all). */
  work(jobs?: readonly string[]): Promise<HostWorker<MemorySession>>
  pass(ms: number): Promise<void>
}

/** The jobs are `poll`, each minute, and `report`, each five. */
export async function openQueuedWorld(): Promise<QueuedWorld> {
  const clock = createManualClock()
  const backend = createMemoryBackend()
  const server = createMemoryEngine({ sessions: backend.sessions, clock })
  const jobs = [
    { name: 'poll', schedule: every({ minutes: 1 }), overlapPolicy: 'allow', handler: () => {} },
    { name: 'report', schedule: every({ minutes: 5 }), handler: () => {} },
  ] as const
  const given = { name: 'scheduler', clock, store: backend.store, sessions: server.sessions, followStoreClock: false }
  const manual = await createManualScheduler<MemorySession>({ ...given, jobs, engine: server.createEngine() })
  onTestFinished(manual.close)
  return {
    manual,
    server,
    pass: (ms) => manual.advance(ms),
    async work(names = ['poll', 'report']) {
      const worker = createWorker<MemorySession>({
        ...given,
        jobs: jobs.filter(({ name }) => names.includes(name)),
        engine: server.createEngine(),
        concurrency: 8,
      })
      const opening = worker.open()
      await manual.advance(0)
      await opening
      onTestFinished(async () => {
        const closing = worker.close({ graceMs: 0 })
        await manual.advance(1_000)
        await closing
      })
      return worker
    },
  }
}
