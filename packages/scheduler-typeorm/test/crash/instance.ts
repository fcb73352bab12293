import {
  createScheduler,
  createWorker,
  defineJobTemplate,
  type HostScheduler,
  type SchedulerOptions,
  systemClock,
  type Worker,
  z,
} from '@pm/scheduler-core'
import {
  createFailpoints,
  createHistoryTeller,
  createMemoryEngine,
  type FailpointOptions,
  openHistory,
} from '@pm/scheduler-testing'
import { byDeadline, createStallMeter } from '@pm/testlab'
import { DataSource, type EntityManager } from 'typeorm'

import { createTypeormSessions, createTypeormStore } from '../../src/index.ts'
import { dataSourceOptions } from '../data-source-options.ts'
import { poolOf } from '../pool-of.ts'
import { jobsOf, type WorkloadName } from './workload.ts'

export const LEASE_MS = 1_000
export const SWEEP_MS = 200
/** Long, because on a busy machine a command that times out would end the process before it reaches its failpoint. */
const PATIENCE_MS = 30_000

export interface InstanceOptions {
  readonly url: string
  /** The scheduler's name; its instances share it. */
  readonly scheduler: string
  readonly workload: WorkloadName
  /** Names this process in the history. */
  readonly process: string
  readonly historyPath: string
  readonly failpoint?: Pick<FailpointOptions, 'at' | 'nth' | 'during'>
  /** How many runs it takes at once (default as of the scheduler). */
  readonly concurrency?: number
}

export interface Instance {
  readonly scheduler: HostScheduler<EntityManager>
  /** What executes the runs: the scheduler itself, or a worker beside it. */
  readonly runner: Pick<Worker, 'on' | 'whenIdle'>
  /** Closes the scheduler and everything under it. */
  close(): Promise<void>
}

/** Opens a scheduler on a real database and records its events in a history. */
export async function openInstance(options: InstanceOptions): Promise<Instance> {
  const { url, process, failpoint } = options
  const dataSource = await new DataSource(dataSourceOptions(url, 5)).initialize()
  const history = openHistory(options.historyPath)
  const now = systemClock.now
  const meter = createStallMeter({ onStall: (ms) => history.append({ kind: 'stalled', process, at: now(), ms }) })
  const teller = createHistoryTeller({ process, history, now })
  const failpoints = createFailpoints({
    ...failpoint,
    onDying: () => history.append({ kind: 'killed', process, at: now() }),
  })
  // A process without a failpoint may be stopped in the middle of a unit. This limit frees its rows before other
  // instances look for its orphans.
  const idleTimeoutMs = failpoint ? PATIENCE_MS : LEASE_MS
  const limits = { acquireTimeoutMs: PATIENCE_MS, answerTimeoutMs: PATIENCE_MS, idleTimeoutMs }
  const engines = createMemoryEngine({ sessions: teller.sessions(createTypeormSessions(dataSource, limits)) })
  const { scheduler, worker } = createPair(options, engines, {
    name: options.scheduler,
    sessions: failpoints.sessions(engines.sessions),
    store: failpoints.store(teller.store(createTypeormStore())),
    jobs: jobsOf(options.workload, teller, failpoints),
    leaseMs: LEASE_MS,
    sweepMs: SWEEP_MS,
    watchMs: 300,
    graceMs: 300,
  })
  await scheduler.open()
  await worker?.open()
  history.append({ kind: 'opened', process, at: now() })
  return {
    scheduler,
    runner: worker ?? scheduler,
    async close() {
      await worker?.close()
      await scheduler.close()
      history.append({ kind: 'closed', process, at: now() })
      meter.stop()
      history.close()
      const state = async () => ({ busy: poolOf(dataSource).busy })
      await byDeadline(dataSource.destroy(), { withinMs: 30_000, what: 'The end of all connections', state })
    },
  }
}

type Common = Pick<
  SchedulerOptions<EntityManager>,
  'name' | 'sessions' | 'store' | 'leaseMs' | 'sweepMs' | 'watchMs' | 'graceMs'
> &
  Required<Pick<SchedulerOptions<EntityManager>, 'jobs'>>

/** A scheduler, and where its runs go through a queue a worker beside it. The messages die with the process. */
function createPair(
  { workload, concurrency }: InstanceOptions,
  engines: Pick<ReturnType<typeof createMemoryEngine<EntityManager>>, 'createEngine'>,
  common: Common,
) {
  const isQueued = workload === 'queued'
  const scheduler = createScheduler<EntityManager>({
    ...common,
    templates: [defineJobTemplate<EntityManager>({ name: 'any', params: z.object({}), handler: () => {} })],
    ...(concurrency !== undefined && { concurrency }),
    ...(isQueued && { engine: engines.createEngine(), queueTimeoutMs: LEASE_MS }),
  })
  const worker = isQueued ? createWorker<EntityManager>({ ...common, engine: engines.createEngine() }) : null
  return { scheduler, worker }
}
