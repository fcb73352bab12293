import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { type LedgerEntry, systemClock } from '@pm/scheduler-core'
import { bundleChild } from '@pm/testlab/bundle'
import { hasRedis } from '@pm/testlab/redis'
import { afterAll, expect, it } from 'vitest'

import { type Cluster, createCluster, SCHEDULERS, WORKERS } from './cluster.ts'
import { PLAN } from './counts.ts'
import { type FaultRecord, happen } from './faults.ts'
import type { EngineName } from './instance-options.ts'
import { reportOf } from './report.ts'
import { startCrashingPostgres, startCrashingRedis } from './servers.ts'
import { judge } from './verdict.ts'
import { givesUpAfterMs, PERIODS_MS } from './workload.ts'

const MINUTE = 60_000

const child = await bundleChild(fileURLToPath(new URL('./child.ts', import.meta.url)))
const postgres = await startCrashingPostgres()
afterAll(async () => {
  await postgres.close()
  child.remove()
})

it(
  'a cluster on pg-boss loses and doubles nothing, whatever happens to its processes and servers',
  async () => {
    await using cluster = await createCluster({ engine: 'pg-boss', child: child.file, postgres, redis: null })
    await standFaults(cluster, 'pg-boss')
  },
  15 * MINUTE,
)

it.skipIf(!hasRedis('the cluster on BullMQ'))(
  'a cluster on BullMQ loses and doubles nothing, whatever happens to its processes and servers',
  async () => {
    const redis = await startCrashingRedis()
    try {
      await using cluster = await createCluster({ engine: 'bullmq', child: child.file, postgres, redis })
      await standFaults(cluster, 'bullmq')
    } finally {
      await redis.close()
    }
  },
  15 * MINUTE,
)

async function standFaults(cluster: Cluster, engine: EngineName): Promise<void> {
  // The first one makes what the others find, such as the engine's tables.
  const [first = '', ...others] = SCHEDULERS
  await cluster.start(first)
  await Promise.all([...others, ...WORKERS].map(cluster.start))
  const until = systemClock.now() + (PLAN.dueTimes / dueTimesPerMs()) * 1.1
  const faults: FaultRecord[] = []
  for (let round = 0; round < PLAN.waves.length || systemClock.now() < until; round++) {
    await sleep(PLAN.restMs)
    const wave = (PLAN.waves[round % PLAN.waves.length] ?? []).filter(([kind]) => {
      return kind !== 'redis-restart' || engine === 'bullmq'
    })
    faults.push(...(await Promise.all(wave.map((fault) => happen(cluster, fault)))))
  }
  await sleep(2 * PLAN.restMs)
  await cluster.finish()
  const evidence = await judge(cluster)
  const report = reportOf(evidence, faults)
  console.info(`${report.dueTimes} due times on ${engine}, 0 lost, 0 doubled`, report)
  expect(report.dueTimes).toBeGreaterThanOrEqual(PLAN.dueTimes)
  const starts = evidence.history.filter(({ kind }) => kind === 'start')
  const startedIn = new Set(starts.map(({ process }) => process?.split('.', 1)[0]))
  expect([...startedIn].toSorted()).toEqual(WORKERS)
  expect(evidence.ledger.filter(isWithoutReason)).toEqual([])
}

/** A due time that had to run, did not, and was not too old for it. */
function isWithoutReason(entry: LedgerEntry): boolean {
  const limitMs = givesUpAfterMs(entry.job)
  return entry.kind === 'unrun' && limitMs !== null && entry.settledAt - entry.through < limitMs
}

function dueTimesPerMs(): number {
  return [...PERIODS_MS.values()].reduce((sum, periodMs) => sum + 1 / periodMs, 0)
}
