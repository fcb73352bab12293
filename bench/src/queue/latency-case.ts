import { setTimeout as sleep } from 'node:timers/promises'

import { migrateScheduler } from '@pm/scheduler-typeorm'
import { PgBoss } from 'pg-boss'

import { again, type Contender, type Measured, pairedRounds, timesOf } from '../lab/rounds.ts'
import { median, quantile } from '../report/statistics.ts'
import type { Row, Table } from '../result.ts'
import type { Case } from './case.ts'
import { type Crew, startCrew } from './crew.ts'
import { jobNames, openScheduler } from './ours.ts'
import { preciseNow } from './task.ts'

const QUEUE = 'single'
/** Long enough that nothing is under way any more when the next one comes. */
const PAUSE_MS = 20
const ROUNDS = 5

/** From when a run is safely queued until its handler begins, one at a time. */
export const latencyCase: Case = async (postgres, { options, tell }) => {
  const { url, dataSource } = postgres
  const boss = new PgBoss({ connectionString: url, max: 4 })
  boss.on('error', (error) => console.error(error))
  await boss.start()
  await boss.createQueue(QUEUE, { notify: true })
  await migrateScheduler(dataSource)
  const ofScheduler = { url, redisUrl: null, jobs: 1, everyMs: null }
  const scheduler = await openScheduler(ofScheduler, dataSource)
  const [job = ''] = jobNames(1)
  await using taker = await startCrew([{ kind: 'pg-boss', url, queue: QUEUE, size: null }])
  await using worker = await startCrew([{ kind: 'worker', ...ofScheduler, concurrency: 1, dies: false }])
  for (const crew of [taker, worker]) crew.tell({ kind: 'go' })
  const each = Math.max(1, Math.round(options.single / ROUNDS))
  const pgBoss: Contender<readonly number[]> = {
    name: 'pg-boss alone',
    measure: () => oneAtATime(taker, each, () => boss.send(QUEUE, {})),
  }
  const ours: Contender<readonly number[]> = {
    name: 'with the ledger',
    measure: () => oneAtATime(worker, each, () => scheduler.runJob(job)),
  }
  const measured = await pairedRounds([pgBoss, ours, again(pgBoss)], { rounds: ROUNDS, tell })
  await scheduler.close()
  await boss.stop({ graceful: false })
  return { ...TABLE, rows: measured.map((one) => rowOf(one, measured[0])) }
}

async function oneAtATime(crew: Crew, count: number, queue: () => Promise<unknown>): Promise<readonly number[]> {
  const waits: number[] = []
  for (let index = 0; index < count; index++) {
    const begun = crew.next('did')
    await queue()
    const queuedAt = preciseNow()
    // It may have begun before its sender knew that it is queued.
    waits.push(Math.max(0, (await begun).lastAt - queuedAt))
    await sleep(PAUSE_MS)
  }
  return waits
}

function rowOf(measured: Measured<readonly number[]>, pgBoss: Measured<readonly number[]> | undefined): Row {
  const waits = measured.slices.flat()
  return {
    contender: measured.name,
    p50Ms: quantile(waits, 0.5),
    p99Ms: quantile(waits, 0.99),
    timesPgBoss: timesOf(measured, pgBoss, median),
  }
}

const TABLE: Omit<Table, 'rows'> = {
  name: 'latency',
  title: 'From queued to begun, at idle',
  columns: [
    { key: 'contender', title: 'contender' },
    { key: 'p50Ms', title: 'p50', unit: 'ms' },
    { key: 'p99Ms', title: 'p99', unit: 'ms' },
    { key: 'timesPgBoss', title: 'x pg-boss alone', unit: 'x' },
  ],
}
