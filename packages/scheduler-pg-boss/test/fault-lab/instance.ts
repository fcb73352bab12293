import { setTimeout as sleep } from 'node:timers/promises'

import { type Clock, createScheduler, createWorker, isSchedulerError, systemClock } from '@pm/scheduler-core'
import type { Engine } from '@pm/scheduler-core/store'
import { createHistoryTeller, type HistoryTeller, openHistory } from '@pm/scheduler-testing'
import { createTypeormSessions, createTypeormStore } from '@pm/scheduler-typeorm'
import { createStallMeter } from '@pm/testlab'
import type { DataSource, EntityManager } from 'typeorm'

import { createPgBossEngine } from '../../src/index.ts'
import { openDataSource } from '../open-data-source.ts'
import { type InstanceOptions, LEASE_MS, QUEUE_TIMEOUT_MS, SWEEP_MS } from './instance-options.ts'
import { jobsOf } from './workload.ts'

const PATIENCE_MS = 60_000

export interface Instance {
  close(): Promise<void>
}

/** Opens a scheduler or a worker of a cluster, and tells its history what happens. */
export async function openInstance(options: InstanceOptions): Promise<Instance> {
  const { process, role } = options
  const dataSource = await atLast(() => openDataSource(options.databaseUrl, 5))
  const history = openHistory(options.historyPath)
  const now = systemClock.now
  const meter = createStallMeter({ onStall: (ms) => history.append({ kind: 'stalled', process, at: now(), ms }) })
  const teller = createHistoryTeller({ process, history, now })
  const common = { ...commonOptions(options, teller, dataSource), engine: await engineOf(options) }
  const instance =
    role === 'worker'
      ? createWorker<EntityManager>({ ...common, concurrency: 20 })
      : createScheduler<EntityManager>({ ...common, queueTimeoutMs: QUEUE_TIMEOUT_MS })
  await atLast(() => instance.open())
  history.append({ kind: 'opened', process, at: now() })
  return {
    async close() {
      await instance.close()
      history.append({ kind: 'closed', process, at: now() })
      meter.stop()
      history.close()
      await dataSource.destroy()
    },
  }
}

/** As who supervises processes does: a server that does not answer, such as in the middle of a fault, is asked again. */
async function atLast<T>(open: () => Promise<T>): Promise<T> {
  const deadline = systemClock.now() + PATIENCE_MS
  for (;;) {
    try {
      return await open()
    } catch (error) {
      const isWrong = isSchedulerError(error) && !error.retryable
      if (isWrong || systemClock.now() > deadline) throw error
      await sleep(SWEEP_MS)
    }
  }
}

function commonOptions(options: InstanceOptions, teller: HistoryTeller, dataSource: DataSource) {
  // Rows of a process that stands still in the middle of a unit are free before others look for its orphans.
  const limits = { idleTimeoutMs: LEASE_MS }
  return {
    name: options.scheduler,
    sessions: teller.sessions(createTypeormSessions(dataSource, limits)),
    store: teller.store(createTypeormStore()),
    jobs: jobsOf(teller),
    clock: aheadBy(options.skewMs),
    followStoreClock: true,
    leaseMs: LEASE_MS,
    sweepMs: SWEEP_MS,
    watchMs: 300,
    graceMs: 1_000,
  }
}

/** The host's clock, ahead of the others'. */
function aheadBy(skewMs: number): Clock {
  return { ...systemClock, now: () => systemClock.now() + skewMs }
}

async function engineOf({ engine, databaseUrl, redisUrl }: InstanceOptions): Promise<Engine<EntityManager>> {
  if (engine === 'pg-boss') return createPgBossEngine({ connection: databaseUrl })
  const { createBullmqEngine } = await import('../../../scheduler-bullmq/src/index.ts')
  return createBullmqEngine({ connection: redisUrl ?? '' })
}
