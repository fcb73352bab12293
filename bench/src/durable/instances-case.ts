import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

import { median, spread } from '../http/ratios.ts'
import { figure } from '../report/table.ts'
import type { Case, CaseOptions, Table } from './case.ts'
import { ratiosTo, type Slice } from './contest.ts'
import type { InstanceReport, InstanceTask } from './instance.ts'
import type { Lab } from './lab.ts'
import { type LockWaits, sampleLockWaits } from './lock-waits.ts'
import { serverCpuUs } from './server-cpu.ts'

interface Measured extends Slice, LockWaits {}

/** Two processes beside one, in turn: through the store, and as whole schedulers that share their jobs. */
export const instancesCase: Case = async (lab, options) => {
  const tables: Table[] = []
  for (const way of ['store', 'scheduler'] as const) tables.push(await compare(lab, options, way))
  return tables
}

async function compare(lab: Lab, { rounds, ms }: CaseOptions, way: InstanceTask['way']): Promise<Table> {
  const measured = new Map<number, Measured[]>([1, 2].map((instances) => [instances, []]))
  for (let round = 0; round < rounds; round++) {
    for (const instances of round % 2 === 0 ? [1, 2] : [2, 1]) {
      const task = {
        url: lab.url,
        schema: `${way}_${instances}_${round}`,
        way,
        ms: Math.max(ms, way === 'store' ? 500 : 3_000),
        size: 500,
        jobs: 1_000,
        everyMs: 100,
      }
      measured.get(instances)?.push(await measure(lab, task, instances))
    }
    process.stderr.write(`${way}: round ${round + 1} of ${rounds}\n`)
  }
  const title = way === 'store' ? 'Instances through the store, batches of 500' : 'Instances that share 1,000 jobs'
  return { title, rows: toRows(measured) }
}

async function measure(lab: Lab, task: Omit<InstanceTask, 'index'>, instances: number): Promise<Measured> {
  const children = Array.from({ length: instances }, (_, index) => {
    const args = [JSON.stringify({ ...task, index })]
    return fork(join(import.meta.dirname, 'instance.ts'), args, { execArgv: process.execArgv })
  })
  // One after the other would make the first begin alone.
  await Promise.all(children.map((child) => once(child, 'message')))
  const server = serverCpuUs(lab.serverPid)
  const stopSampling = sampleLockWaits(lab.dataSource)
  const ended = children.map((child) => once(child, 'exit'))
  const reports = await Promise.all(
    children.map(async (child) => {
      const answer = once(child, 'message')
      child.send('go')
      const [report] = (await answer) as [InstanceReport]
      return report
    }),
  )
  const waits = await stopSampling()
  const serverNow = serverCpuUs(lab.serverPid)
  await Promise.all(ended)
  const sum = (of: (report: InstanceReport) => number) => reports.reduce((total, report) => total + of(report), 0)
  return {
    runs: sum(({ runs }) => runs),
    seconds: Math.max(...reports.map(({ seconds }) => seconds)),
    nodeUs: sum(({ nodeUs }) => nodeUs),
    serverUs: server === null || serverNow === null ? null : serverNow - server,
    ...waits,
  }
}

function toRows(measured: ReadonlyMap<number, readonly Measured[]>): Table['rows'] {
  const ratesOf = (slices: readonly Measured[] = []) => slices.map(({ runs, seconds }) => runs / seconds)
  const alone = ratesOf(measured.get(1))
  return [...measured].map(([instances, slices]) => {
    const mid = (of: (slice: Measured) => number) => figure(median(slices.map(of)))
    return {
      instances: String(instances),
      'runs/s': figure(median(ratesOf(slices))),
      'x one': spread(ratiosTo(ratesOf(slices), alone)),
      'time with a lock wait': `${mid(({ anybody }) => 100 * anybody)} %`,
      'connections that wait': mid(({ waiting }) => waiting),
      'Node us/run': mid(({ nodeUs, runs }) => nodeUs / runs),
      'PostgreSQL us/run': mid(({ serverUs, runs }) => (serverUs ?? Number.NaN) / runs),
    }
  })
}
