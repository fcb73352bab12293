import { setTimeout as sleep } from 'node:timers/promises'

import { migrateScheduler } from '@pm/scheduler-typeorm'

import type { Postgres } from '../lab/postgres.ts'
import { median } from '../report/statistics.ts'
import type { Row, Table } from '../result.ts'
import type { Case } from './case.ts'
import { startCrew } from './crew.ts'
import { type MeasuredEngine, openEngines } from './engines.ts'

const JOBS = 1_000
const EVERY_MS = 1_000
/** Its tick runs once a second: a scheduler that has just begun is still being compiled. */
const SETTLE_IN_MS = 20_000
const ROUNDS = 3

/** CPU of a scheduler that queues 1,000 runs a second, while two workers take them. */
export const schedulerCase: Case = async (postgres, { options, tell }) => {
  await migrateScheduler(postgres.dataSource)
  const rows: Row[] = []
  for (const engine of await openEngines()) {
    tell(engine.contender)
    rows.push(await measure(postgres, engine, options.ms))
    await engine.close()
  }
  return { ...TABLE, rows }
}

async function measure(
  { url, dataSource }: Postgres,
  { contender, redisUrl }: MeasuredEngine,
  ms: number,
): Promise<Row> {
  const task = { url, redisUrl, jobs: JOBS, everyMs: EVERY_MS }
  await using workers = await startCrew(
    Array.from({ length: 2 }, () => ({ kind: 'worker', ...task, concurrency: 250, dies: false }) as const),
  )
  workers.tell({ kind: 'go' })
  await using scheduler = await startCrew([{ kind: 'scheduler', ...task }])
  await sleep(SETTLE_IN_MS)
  const before = await queuedSoFar(dataSource)
  const shares: number[] = []
  let measuredMs = 0
  for (let round = 0; round < ROUNDS; round++) {
    const told = scheduler.next('cpu')
    scheduler.tell({ kind: 'measure', ms: ms / ROUNDS })
    const { ms: tookMs, cpuMs } = await told
    shares.push((100 * cpuMs) / tookMs)
    measuredMs += tookMs
  }
  const queued = (await queuedSoFar(dataSource)) - before
  const perSecond = (1_000 * queued) / measuredMs
  return { contender, perSecond, cpuPercent: median(shares), usPerRun: (10_000 * median(shares)) / perSecond }
}

async function queuedSoFar(dataSource: Postgres['dataSource']): Promise<number> {
  const [row] = await dataSource.query(
    `SELECT (SELECT count(*) FROM pm_scheduler.settled WHERE kind = 'run') + (SELECT count(*) FROM pm_scheduler.under_way) AS runs`,
  )
  return Number(row.runs)
}

const TABLE: Omit<Table, 'rows'> = {
  name: 'scheduler',
  title: `CPU of the scheduler: ${JOBS} jobs that are due every second`,
  columns: [
    { key: 'contender', title: 'engine' },
    { key: 'perSecond', title: 'queued', unit: '/s' },
    { key: 'cpuPercent', title: 'of a core', unit: '%' },
    { key: 'usPerRun', title: 'CPU', unit: 'us/run' },
  ],
}
