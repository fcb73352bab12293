import { join } from 'node:path'

import type { BenchInput, Findings } from '../bench.ts'
import { buildsOf, ours } from '../lab/build.ts'
import { ask, nextMessage, startChild } from '../lab/child.ts'
import { again, type Measured, pairedRounds, timesOf } from '../lab/rounds.ts'
import { median } from '../report/statistics.ts'
import type { Row, Table } from '../result.ts'
import type { snapshotBench } from './bench.ts'
import type { MemoryAnswer } from './memory-process.ts'

/** Cold snapshots in memory, and their statuses, by the number of jobs. */
export async function measureInMemory(input: BenchInput<typeof snapshotBench.options>): Promise<Findings> {
  const { options, beside, tell } = input
  const rows: Row[] = []
  for (const jobs of options.jobs) {
    const children = await Promise.all(
      buildsOf(beside).map(async ({ name, root }) => ({ name, child: await start(root, jobs) })),
    )
    const contenders = children.map(({ name, child }) => ({ name, measure: () => ask<MemoryAnswer>(child, 'measure') }))
    const measured = await pairedRounds<MemoryAnswer>([...contenders, ...contenders.slice(0, 1).map(again)], {
      rounds: options.rounds,
      warmUps: 2,
      tell: (progress) => tell(`${jobs} jobs in memory, ${progress}`),
    })
    for (const { child } of children) child.kill('SIGKILL')
    const reference = measured.find(({ name }) => name === ours.name)
    rows.push(...measured.map((each) => ({ jobs, ...rowOf(each, reference) })))
  }
  return { tables: [{ ...TABLE, rows }] }
}

async function start(root: string, jobs: number) {
  const args = [JSON.stringify({ root, jobs })]
  const child = startChild({ file: join(import.meta.dirname, 'memory-process.ts'), args })
  await nextMessage(child)
  return child
}

function rowOf(measured: Measured<MemoryAnswer>, reference: Measured<MemoryAnswer> | undefined): Row {
  const { name, slices } = measured
  const mid = (read: (slice: MemoryAnswer) => number) => median(slices.map(read))
  return {
    contender: name,
    ms: mid(({ snapshot }) => snapshot.ms),
    cpuMs: mid(({ snapshot }) => snapshot.cpuMs),
    timesOurs: timesOf(measured, reference, ({ snapshot }) => snapshot.cpuMs),
    statusMs: mid(({ status }) => status.ms),
    longestTurnMs: mid(({ snapshot, status }) => Math.max(snapshot.longestTurnMs, status.longestTurnMs)),
    heapMb: mid(({ snapshot }) => snapshot.heapMb),
  }
}

const TABLE: Omit<Table, 'rows'> = {
  name: 'jobs',
  title: 'Jobs in memory',
  columns: [
    { key: 'jobs', title: 'jobs' },
    { key: 'contender', title: 'contender' },
    { key: 'ms', title: 'cold snapshot', unit: 'ms' },
    { key: 'cpuMs', title: 'CPU', unit: 'ms' },
    { key: 'timesOurs', title: 'CPU x ours', unit: 'x' },
    { key: 'statusMs', title: 'with its status', unit: 'ms' },
    { key: 'longestTurnMs', title: 'longest task', unit: 'ms' },
    { key: 'heapMb', title: 'heap', unit: 'MB' },
  ],
}
