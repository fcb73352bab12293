import {
  createMemoryBackend,
  createScheduler,
  createWorker,
  type HostScheduler,
  type MemorySession,
} from '@pm/scheduler-core'
import { createMemoryEngine, type MemoryEngineServer } from '@pm/scheduler-testing'
import { onTestFinished } from 'vitest'

/** A scheduler that hands all runs to workers, of which each executes as many as its places. */
export interface QueuedWorld {
  readonly scheduler: HostScheduler<MemorySession>
  readonly server: MemoryEngineServer<MemorySession>
}

export interface QueuedWorldOptions {
  /** The places of each worker; empty for none. */
  readonly workers: readonly number[]
}

const JOBS = ['recalculate', 'report', 'valuation'] as const

/** The runs of its jobs last until the story ends. */
export async function openQueued({ workers }: QueuedWorldOptions): Promise<QueuedWorld> {
  const backend = createMemoryBackend()
  const server = createMemoryEngine({ sessions: backend.sessions })
  const handler = ({ signal }: { readonly signal: AbortSignal }) =>
    new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
  const jobs = JOBS.map((name) => ({
    name,
    schedule: null,
    timeoutMs: null,
    overlapPolicy: 'allow' as const,
    handler,
  }))
  const given = { name: 'portfolio', store: backend.store, sessions: server.sessions, jobs }
  const scheduler = createScheduler<MemorySession>({ ...given, engine: server.createEngine() })
  await scheduler.open()
  onTestFinished(() => scheduler.close({ graceMs: 0 }))
  for (const concurrency of workers) {
    const worker = createWorker<MemorySession>({ ...given, concurrency, engine: server.createEngine() })
    await worker.open()
    onTestFinished(() => worker.close({ graceMs: 0 }))
  }
  return { scheduler, server }
}
