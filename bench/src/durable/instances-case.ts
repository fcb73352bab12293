import { once } from 'node:events'
import { join } from 'node:path'

import { nextMessage, startChild } from '../lab/child.ts'
import type { Postgres } from '../lab/postgres.ts'
import { again, againNameOf, type Measured, pairedRounds, timesOf } from '../lab/rounds.ts'
import { serverCpuUs } from '../lab/server-cpu.ts'
import { median, sum } from '../report/statistics.ts'
import type { Row, Table } from '../result.ts'
import type { Case, CaseOptions } from './case.ts'
import { rateOf, type Slice } from './contest.ts'
import type { InstanceReport, InstanceTask } from './instance.ts'
import { type LockWaits, sampleLockWaits } from './lock-waits.ts'

interface Together extends Slice, LockWaits {}

const WAYS = { store: 'through the store', scheduler: 'sharing 1,000 jobs' } as const
const MOST_ROUNDS = 3

/** Several processes beside one, in turn: through the store, and as whole schedulers that share their jobs. */
export const instancesCase: Case = async (postgres, input) => {
  const rows: Row[] = []
  for (const way of ['store', 'scheduler'] as const) rows.push(...(await compare(postgres, input, way)))
  return [{ ...TABLE, rows }]
}

async function compare(
  postgres: Postgres,
  { options, tell }: CaseOptions,
  way: InstanceTask['way'],
): Promise<readonly Row[]> {
  const { ms } = options
  let opened = 0
  const contenders = options.instances.map((instances) => ({
    name: String(instances),
    measure() {
      const schema = `${way}_${opened++}`
      const task = {
        url: postgres.url,
        schema,
        way,
        ms: way === 'store' ? ms : 2 * ms,
        size: 500,
        jobs: 1_000,
        everyMs: 100,
      }
      return measure(postgres, task, instances)
    },
  }))
  const measured = await pairedRounds<Together>([...contenders, ...contenders.slice(0, 1).map(again)], {
    rounds: Math.min(options.rounds, MOST_ROUNDS),
    warmUps: 0,
    tell: (progress) => tell(`${way}, ${progress}`),
  })
  const [alone] = measured
  return measured.map((each, index) => ({
    way: options.instances[index] === undefined ? againNameOf(WAYS[way]) : WAYS[way],
    instances: options.instances[index] ?? options.instances[0] ?? 1,
    ...rowOf(each, alone),
  }))
}

async function measure(postgres: Postgres, task: Omit<InstanceTask, 'index'>, instances: number): Promise<Together> {
  const file = join(import.meta.dirname, 'instance.ts')
  const children = Array.from({ length: instances }, (_, index) => {
    return startChild({ file, args: [JSON.stringify({ ...task, index })] })
  })
  // One after the other would make the first begin alone.
  await Promise.all(children.map((child) => nextMessage(child)))
  const server = serverCpuUs(postgres.serverPid)
  const stopSampling = sampleLockWaits(postgres.dataSource)
  const ended = children.map((child) => once(child, 'exit'))
  const reports = await Promise.all(
    children.map(async (child) => {
      const answer = nextMessage<InstanceReport>(child)
      child.send('go')
      return answer
    }),
  )
  const waits = await stopSampling()
  const serverNow = serverCpuUs(postgres.serverPid)
  await Promise.all(ended)
  return {
    runs: sum(reports, ({ runs }) => runs),
    seconds: Math.max(...reports.map(({ seconds }) => seconds)),
    nodeUs: sum(reports, ({ nodeUs }) => nodeUs),
    serverUs: server === null || serverNow === null ? null : serverNow - server,
    ...waits,
  }
}

function rowOf(measured: Measured<Together>, alone: Measured<Together> | undefined): Row {
  const mid = (of: (slice: Together) => number) => median(measured.slices.map(of))
  return {
    perSecond: mid(rateOf),
    timesOne: timesOf(measured, alone, rateOf),
    lockWaitPercent: mid(({ anybody }) => 100 * anybody),
    waiting: mid(({ waiting }) => waiting),
    nodeUs: mid(({ nodeUs, runs }) => nodeUs / runs),
    serverUs: mid(({ serverUs, runs }) => (serverUs ?? Number.NaN) / runs),
  }
}

const TABLE: Omit<Table, 'rows'> = {
  name: 'instances',
  title: 'Instances on one PostgreSQL',
  columns: [
    { key: 'way', title: 'way' },
    { key: 'instances', title: 'instances' },
    { key: 'perSecond', title: 'runs', unit: '/s' },
    { key: 'timesOne', title: 'x the fewest', unit: 'x' },
    { key: 'lockWaitPercent', title: 'time with a lock wait', unit: '%' },
    { key: 'waiting', title: 'connections that wait' },
    { key: 'nodeUs', title: 'Node', unit: 'us/run' },
    { key: 'serverUs', title: 'PostgreSQL', unit: 'us/run' },
  ],
}
