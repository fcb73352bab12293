import { createScheduler, createWorker, every } from '@pm/scheduler-core'
import type { Engine, Store } from '@pm/scheduler-core/store'
import { createPgBossEngine } from '@pm/scheduler-pg-boss'
import { createTypeormSessions, createTypeormStore } from '@pm/scheduler-typeorm'
import type { DataSource, EntityManager } from 'typeorm'

import type { OfScheduler, WorkerTask } from './task.ts'

export const SCHEDULER = 'bench'

export async function openEngine({
  url,
  redisUrl,
}: Pick<OfScheduler, 'url' | 'redisUrl'>): Promise<Engine<EntityManager>> {
  if (redisUrl === null) return createPgBossEngine({ connection: url })
  const { createBullmqEngine } = await import('@pm/scheduler-bullmq')
  return createBullmqEngine({ connection: redisUrl })
}

export function jobNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, job) => `job-${job}`)
}

/** A scheduler that hands its runs to the engine. */
export async function openScheduler(task: OfScheduler, dataSource: DataSource) {
  const scheduler = createScheduler<EntityManager>({
    ...common(task, dataSource, () => {}),
    store: createTypeormStore(),
    engine: await openEngine(task),
  })
  await scheduler.open()
  return scheduler
}

export interface OpenWorkerOptions {
  readonly dataSource: DataSource
  /** Called by each handler, which does nothing else. */
  readonly onRun: () => void
  /** It takes nothing over before. */
  readonly begin: Promise<unknown>
}

export async function openWorker(task: WorkerTask, { dataSource, onRun, begin }: OpenWorkerOptions) {
  const store = createTypeormStore()
  const worker = createWorker<EntityManager>({
    ...common(task, dataSource, onRun),
    store: task.dies ? dyingIn(store) : store,
    engine: beginningAt(await openEngine(task), begin),
    concurrency: task.concurrency,
  })
  await worker.open()
  return worker
}

function common({ jobs, everyMs }: OfScheduler, dataSource: DataSource, onRun: () => void) {
  return {
    name: SCHEDULER,
    sessions: createTypeormSessions(dataSource),
    jobs: jobNames(jobs).map((name) => ({
      name,
      schedule: everyMs === null ? null : every({ milliseconds: everyMs }),
      overlapPolicy: 'allow' as const,
      handler: onRun,
    })),
  }
}

/** So that all workers begin at the same time, long after they have opened. */
function beginningAt<S>(engine: Engine<S>, begin: Promise<unknown>): Engine<S> {
  return {
    name: engine.name,
    capabilities: engine.capabilities,
    open: (use) => engine.open(use),
    ensureQueues: (queues) => engine.ensureQueues(queues),
    dispatch: (messages, session) => engine.dispatch(messages, session),
    cancel: (messages, session) => engine.cancel(messages, session),
    async consume(consumer) {
      const consuming = begin.then(() => engine.consume(consumer))
      return { stop: async () => (await consuming).stop() }
    },
    close: () => engine.close(),
  }
}

/** The process dies in the middle of the unit that takes a run over. */
function dyingIn<S>(store: Store<S>): Store<S> {
  return {
    ...store,
    async takeOver(session, input) {
      const taken = await store.takeOver(session, input)
      if (taken.runs.length > 0) process.kill(process.pid, 'SIGKILL')
      return taken
    },
  }
}
