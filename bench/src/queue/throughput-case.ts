import { PgBoss } from 'pg-boss'

import { rateOf, type Slice } from '../durable/contest.ts'
import type { Postgres } from '../lab/postgres.ts'
import { again, type Contender, type Measured, pairedRounds, timesOf } from '../lab/rounds.ts'
import { serverCpuUs } from '../lab/server-cpu.ts'
import { median } from '../report/statistics.ts'
import type { Row, Table } from '../result.ts'
import { type Backlog, openBacklog } from './backlog.ts'
import type { Case, CaseInput } from './case.ts'
import { startCrew } from './crew.ts'
import type { QueueTask } from './task.ts'

const JOBS = 100
const QUEUE = 'alone'
const PG_BOSS = 'pg-boss alone'
const OURS = 'with the ledger'
/** Runs of each worker before it is measured: it works for days, and its first seconds are those of a compiler. */
const WARM_UP = 5_000

/** Runs a second that workers take off a queue that is full when they begin. */
export const throughputCase: Case = async (postgres, input) => {
  const boss = new PgBoss({ connectionString: postgres.url, max: 4 })
  boss.on('error', (error) => console.error(error))
  await boss.start()
  await boss.createQueue(QUEUE, { partition: true })
  const backlog = await openBacklog(postgres, JOBS)
  const rows: Row[] = []
  try {
    for (const size of input.options.sizes) {
      for (const workers of input.options.workers)
        rows.push(...(await compare({ postgres, boss, backlog, input, size, workers })))
    }
  } finally {
    await backlog.close()
    await boss.stop({ graceful: false })
  }
  return { ...TABLE, rows }
}

interface CompareOptions {
  readonly postgres: Postgres
  readonly boss: PgBoss
  readonly backlog: Backlog
  readonly input: CaseInput
  readonly size: number
  readonly workers: number
}

async function compare({
  postgres: { url, serverPid },
  boss,
  backlog,
  input,
  size,
  workers,
}: CompareOptions): Promise<readonly Row[]> {
  const { runs, rounds } = input.options
  const warmUp = WARM_UP * workers
  const all = warmUp + runs
  const drain = async (task: QueueTask, fill: () => Promise<unknown>) => {
    await using crew = await startCrew(Array.from({ length: workers }, () => task))
    await fill()
    const before = await crew.work(warmUp)
    const server = serverCpuUs(serverPid)
    const { lastAt, cpuUs, runs: measured } = await crew.work(all - before.runs)
    const serverNow = serverCpuUs(serverPid)
    const serverUs = server === null || serverNow === null ? null : serverNow - server
    return { runs: measured, seconds: (lastAt - before.lastAt) / 1_000, nodeUs: cpuUs, serverUs }
  }
  const pgBoss: Contender<Slice> = {
    name: PG_BOSS,
    measure: () => drain({ kind: 'pg-boss', url, queue: QUEUE, size }, () => boss.insert(QUEUE, messagesOf(all))),
  }
  const ours: Contender<Slice> = {
    name: OURS,
    measure: () => {
      const task = { url, redisUrl: null, jobs: JOBS, everyMs: null, concurrency: size, dies: false } as const
      return drain({ kind: 'worker', ...task }, () => backlog.add(all))
    },
  }
  const tell = (progress: string) => input.tell(`${size} at a time, ${workers} workers, ${progress}`)
  const measured = await pairedRounds([pgBoss, ours, again(pgBoss)], { rounds, tell })
  return measured.map((each) => rowOf(each, measured[0], { size, workers }))
}

function messagesOf(count: number) {
  return Array.from({ length: count }, (_, index) => ({ data: { index } }))
}

function rowOf(
  measured: Measured<Slice>,
  pgBoss: Measured<Slice> | undefined,
  { size, workers }: { readonly size: number; readonly workers: number },
): Row {
  return {
    contender: measured.name,
    size,
    workers,
    perSecond: median(measured.slices.map(rateOf)),
    timesPgBoss: timesOf(measured, pgBoss, rateOf),
    nodeUs: median(measured.slices.map((slice) => slice.nodeUs / slice.runs)),
    serverUs: median(measured.slices.map((slice) => (slice.serverUs ?? Number.NaN) / slice.runs)),
  }
}

const TABLE: Omit<Table, 'rows'> = {
  name: 'throughput',
  title: 'Runs that workers take off a full queue',
  columns: [
    { key: 'contender', title: 'contender' },
    { key: 'size', title: 'at a time' },
    { key: 'workers', title: 'workers' },
    { key: 'perSecond', title: 'runs', unit: '/s' },
    { key: 'timesPgBoss', title: 'x pg-boss alone', unit: 'x' },
    { key: 'nodeUs', title: 'Node', unit: 'us/run' },
    { key: 'serverUs', title: 'PostgreSQL', unit: 'us/run' },
  ],
}
