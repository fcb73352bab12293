import { setTimeout as sleep } from 'node:timers/promises'

import { figure, ratio } from '../report/table.ts'
import { ours } from './build.ts'
import type { Case, Table } from './case.ts'
import { type Ledger, openLedger, SCHEDULER } from './ledger.ts'
import { fillOldDay } from './old-days.ts'
import { paced, quantile } from './paced.ts'
import { WORKERS } from './workers.ts'

const RUNS = 1_000_000
const JOBS = 100
const HOUR = 3_600_000
const DAY = 24 * HOUR
/** As the pruner does. */
const BATCH = 1_000
const PAUSE_MS = 50
/** Row by row a day takes many minutes; this is enough to see what it costs the others. */
const MOST_MS = 60_000

interface Phase {
  readonly name: string
  readonly seconds: number
  readonly deleted: number
  readonly claims: readonly number[]
  readonly settles: readonly number[]
  readonly status: readonly number[]
}

/**
 * Claims, outcomes and status reads at a steady pace: alone, while a day of runs is dropped, and while a day that
 * another scheduler shares is deleted row by row.
 */
export const purgeCase: Case = async (lab, { ms, quick }) => {
  const runs = quick ? 20_000 : RUNS
  const schema = 'purge'
  const ledger = await openLedger(ours, { dataSource: lab.dataSource, schema, jobsPerWorker: JOBS / WORKERS })
  const days = [
    { daysAgo: 41, shared: false },
    { daysAgo: 40, shared: true },
  ]
  for (const day of days) await fillOldDay(lab.dataSource, { schema, scheduler: SCHEDULER, runs, ...day })
  await lab.dataSource.query('CHECKPOINT')
  const shortMs = quick ? ms : Math.max(ms, 10_000)
  const rest = async () => {
    await sleep(shortMs)
    return 0
  }
  const drop = async () => {
    await sleep(shortMs / 4)
    const deleted = await prune(ledger)
    await sleep(shortMs / 2)
    return deleted
  }
  await phase(ledger, 'warm-up', rest)
  const phases: Phase[] = []
  phases.push(await phase(ledger, 'idle', rest))
  phases.push(await phase(ledger, 'a day is dropped', drop))
  phases.push(await phase(ledger, 'idle again', rest))
  phases.push(await phase(ledger, 'a shared day is deleted', () => pruneAll(ledger)))
  phases.push(await phase(ledger, 'idle at last', rest))
  return [toTable(phases)]
}

async function phase(ledger: Ledger, name: string, work: () => Promise<number>): Promise<Phase> {
  process.stderr.write(`${name}\n`)
  let done = false
  const goesOn = () => !done
  const settles: number[] = []
  const claims: number[] = []
  const began = performance.now()
  let worker = 0
  const claiming = paced({ everyMs: 40, goesOn }, async () => {
    const from = performance.now()
    const claimed = await ledger.claim({ worker: worker++ % WORKERS, size: 50, lockJobs: true })
    const between = performance.now()
    await ledger.settle(claimed)
    claims.push(between - from)
    settles.push(performance.now() - between)
  })
  const reading = paced({ everyMs: 100, goesOn }, () => readStatus(ledger))
  const deleted = await work()
  done = true
  const [, status] = await Promise.all([claiming, reading])
  return { name, seconds: (performance.now() - began) / 1_000, deleted, claims, settles, status }
}

function readStatus({ sessions, store }: Ledger): Promise<unknown> {
  const query = { scheduler: SCHEDULER, asOf: Date.now(), windowsMs: { recent: DAY, last_hour: HOUR } }
  return sessions.withSession((session) => store.readMeasures(session, query), { readOnly: true, isOwn: true })
}

function prune({ sessions, store }: Ledger): Promise<number> {
  const now = Date.now()
  const kept = { before: now - 30 * DAY, keepBucketsAfter: now - 30 * DAY, keepReceiptsAfter: now - DAY }
  return sessions.withSession((session) => store.prune(session, { scheduler: SCHEDULER, now, ...kept, limit: BATCH }), {
    isOwn: true,
  })
}

async function pruneAll(ledger: Ledger): Promise<number> {
  let sum = 0
  const until = performance.now() + MOST_MS
  for (;;) {
    const deleted = await prune(ledger)
    sum += deleted
    if (deleted < BATCH || performance.now() > until) return sum
    await sleep(PAUSE_MS)
  }
}

function toTable(phases: readonly Phase[]): Table {
  const idle = phases.filter(({ name }) => name.startsWith('idle'))
  const columns = (kind: string, timesOf: (phase: Phase) => readonly number[], each: Phase) => {
    const p99 = quantile(timesOf(each), 0.99)
    return {
      [`${kind} p50 ms`]: figure(quantile(timesOf(each), 0.5)),
      [`${kind} p99 ms`]: figure(p99),
      [`${kind} max ms`]: figure(Math.max(...timesOf(each))),
      [`${kind} p99 x idle`]: ratio(p99, quantile(idle.flatMap(timesOf), 0.99)),
    }
  }
  const rows = phases.map((each) => ({
    phase: each.name,
    seconds: figure(each.seconds),
    deleted: figure(each.deleted),
    ...columns('claim', ({ claims }) => claims, each),
    ...columns('settle', ({ settles }) => settles, each),
    ...columns('status', ({ status }) => status, each),
  }))
  return { title: `While history is deleted: 50 runs every 40 ms and a status every 100 ms, with ${JOBS} jobs`, rows }
}
