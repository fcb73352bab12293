import { once } from 'node:events'
import { get } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { RunBench } from '../bench.ts'
import { ask, nextMessage, startChild } from '../lab/child.ts'
import { sum } from '../report/statistics.ts'
import type { Row, Table } from '../result.ts'
import type { abandonedReadsBench } from './bench.ts'

interface Told {
  readonly expected: number
  readonly started: number
  readonly missed: number
  readonly heapMb: number
  readonly rssMb: number
  readonly active: number
}

const SAMPLE_MS = 50

export const run: RunBench<typeof abandonedReadsBench.options> = async ({ options, tell }) => {
  const server = startChild({ file: join(import.meta.dirname, 'server.ts'), args: [String(options.rows)] })
  const { port, version } = await nextMessage<{ readonly port: number; readonly version: string }>(server)
  await sleep(3_000)
  const rows: Row[] = []
  for (const crowd of [0, ...options.crowds]) {
    tell(`${crowd} callers`)
    // A due time at the very edge may belong to either side.
    const from = Date.now() + 1_000
    const before = await ask<Told>(server, { from: from - 2_000, to: from - 1_000 })
    const statuses = new Map<number, number>()
    const samples = sample(port, options.seconds * 1_000)
    await sleep(1_000)
    const caller = { port, statuses, patienceMs: options.patience }
    await Promise.all(Array.from({ length: crowd }, () => abandon(caller)))
    const readiness = await samples
    const to = Date.now() - 1_000
    await sleep(1_500)
    const after = await ask<Told>(server, { from, to })
    rows.push({ crowd, ...readiness, ...cellsOf(before, after), answered: answersOf(statuses) })
  }
  server.send('end')
  await once(server, 'exit')
  return { tables: [{ ...TABLE, rows }], versions: { postgresql: version } }
}

function cellsOf(before: Told, after: Told): Row {
  const { expected, started, missed, active } = after
  return {
    expected,
    started,
    missed,
    heapBefore: before.heapMb,
    heapAfter: after.heapMb,
    rssBefore: before.rssMb,
    rssAfter: after.rssMb,
    active,
  }
}

function answersOf(statuses: ReadonlyMap<number, number>): string {
  return [...statuses].map(([status, count]) => `${status || 'abandoned'}: ${count}`).join(', ')
}

interface Caller {
  readonly port: number
  readonly statuses: Map<number, number>
  readonly patienceMs: number
}

/** Asks for an audit of everything, and hangs up. */
function abandon({ port, statuses, patienceMs }: Caller): Promise<void> {
  const to = new Date().toISOString()
  const from = new Date(Date.now() - 86_400_000).toISOString()
  return new Promise((resolve) => {
    let status = 0
    const asked = get({ port, path: `/admin/audit?from=${from}&to=${to}`, agent: false }, (answer) => {
      status = answer.statusCode ?? 0
      answer.resume()
    })
    asked.on('error', () => {})
    asked.on('close', () => {
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      resolve()
    })
    setTimeout(() => asked.destroy(), patienceMs)
  })
}

/** Asks for the readiness again and again, one sample after another. */
async function sample(port: number, forMs: number) {
  const codes: number[] = []
  let slowestMs = 0
  for (const end = performance.now() + forMs; performance.now() < end; await sleep(SAMPLE_MS)) {
    const from = performance.now()
    codes.push(await readiness(port))
    slowestMs = Math.max(slowestMs, performance.now() - from)
  }
  return { samples: codes.length, notReady: sum(codes, (code) => (code === 200 ? 0 : 1)), slowestMs }
}

function readiness(port: number): Promise<number> {
  return new Promise((resolve) => {
    get({ port, path: '/health/ready', agent: false }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? 0))
    }).on('error', () => resolve(0))
  })
}

const TABLE: Omit<Table, 'rows'> = {
  name: 'crowds',
  title: 'Abandoned audits',
  columns: [
    { key: 'crowd', title: 'callers' },
    { key: 'samples', title: 'samples of readiness' },
    { key: 'notReady', title: 'not ready' },
    { key: 'slowestMs', title: 'slowest', unit: 'ms' },
    { key: 'expected', title: 'due' },
    { key: 'started', title: 'started' },
    { key: 'missed', title: 'missed' },
    { key: 'heapBefore', title: 'heap before', unit: 'MB' },
    { key: 'heapAfter', title: 'after', unit: 'MB' },
    { key: 'rssBefore', title: 'RSS before', unit: 'MB' },
    { key: 'rssAfter', title: 'after', unit: 'MB' },
    { key: 'active', title: 'statements left' },
    { key: 'answered', title: 'answers' },
  ],
}
