import { setTimeout as sleep } from 'node:timers/promises'

import { ours } from '../lab/build.ts'
import { quantile } from '../report/statistics.ts'
import type { Column, Row, Table } from '../result.ts'
import type { Case } from './case.ts'
import { type Ledger, openLedger, SCHEDULER } from './ledger.ts'
import { fillOldDay } from './old-days.ts'
import { paced } from './paced.ts'
import { WORKERS } from './workers.ts'

const JOBS = 100
const HOUR = 3_600_000
const DAY = 24 * HOUR
/** As the pruner does. */
const BATCH = 1_000
const PAUSE_MS = 50
/** Row by row a day may take many minutes; this is enough to see what it costs the others. */
const MOST_MS = 20_000
/** A phase, for each millisecond of work of the other cases. */
const TIMES_LONGER = 4

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
export const purgeCase: Case = async ({ dataSource }, { options, tell }) => {
  const runs = options['old-runs']
  const schema = 'purge'
  const ledger = await openLedger(ours, { dataSource, schema, jobsPerWorker: JOBS / WORKERS })
  const days = [
    { daysAgo: 41, shared: false },
    { daysAgo: 40, shared: true },
  ]
  for (const day of days) await fillOldDay(dataSource, { schema, scheduler: SCHEDULER, runs, ...day })
  await dataSource.query('CHECKPOINT')
  const shortMs = options.ms * TIMES_LONGER
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
  const measured = (name: string, work: () => Promise<number>) => {
    tell(name)
    return phase(ledger, name, work)
  }
  await measured('warm-up', rest)
  const phases: Phase[] = []
  phases.push(await measured('idle', rest))
  phases.push(await measured('a day is dropped', drop))
  phases.push(await measured('idle again', rest))
  phases.push(await measured('a shared day is deleted', () => pruneAll(ledger)))
  phases.push(await measured('idle at last', rest))
  return [toTable(phases)]
}

async function phase(ledger: Ledger, name: string, work: () => Promise<number>): Promise<Phase> {
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
  const rows = phases.map((each): Row => {
    const { name: phase, seconds, deleted } = each
    return Object.assign({ phase, seconds, deleted }, ...KINDS.map((kind) => cellsOf(kind, each, idle)))
  })
  const title = `While history is deleted: 50 runs every 40 ms and a status every 100 ms, with ${JOBS} jobs`
  return { name: 'purge', title, columns: COLUMNS, rows }
}

interface Kind {
  readonly name: string
  readonly timesOf: (phase: Phase) => readonly number[]
}

const KINDS: readonly Kind[] = [
  { name: 'claim', timesOf: ({ claims }) => claims },
  { name: 'settle', timesOf: ({ settles }) => settles },
  { name: 'status', timesOf: ({ status }) => status },
]

function cellsOf({ name, timesOf }: Kind, phase: Phase, idle: readonly Phase[]): Row {
  const p99 = quantile(timesOf(phase), 0.99)
  return {
    [`${name}P50`]: quantile(timesOf(phase), 0.5),
    [`${name}P99`]: p99,
    [`${name}TimesIdle`]: p99 / quantile(idle.flatMap(timesOf), 0.99),
  }
}

const COLUMNS: readonly Column[] = [
  { key: 'phase', title: 'phase' },
  { key: 'seconds', title: 'time', unit: 's' },
  { key: 'deleted', title: 'deleted' },
  ...KINDS.flatMap(({ name }) => [
    { key: `${name}P50`, title: `${name} p50`, unit: 'ms' },
    { key: `${name}P99`, title: 'p99', unit: 'ms' },
    { key: `${name}TimesIdle`, title: 'p99 x idle', unit: 'x' },
  ]),
]
