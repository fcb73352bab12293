/** The server of the bench of abandoned reads: a scheduler at work over a long ledger, with its routes and probes. */
import type { AddressInfo } from 'node:net'

import { createScheduler, every } from '@pm/scheduler-core'
import { adminSchedulerRouter, healthRouter } from '@pm/scheduler-express'
import { createTypeormSessions, createTypeormStore, migrateScheduler } from '@pm/scheduler-typeorm'
import express from 'express'

import { tableNames } from '../../../packages/scheduler-typeorm/src/sql/names.ts'
import { fillHistory } from '../../../packages/scheduler-typeorm/test/fill-history.ts'
import { bytesInUse } from '../lab/cpu.ts'
import { openPostgres } from '../lab/postgres.ts'

const DAY = 86_400_000
const JOBS = 10
const TICKING = 5
const SCHEMA = 'bench'

const rows = Number(process.argv[2])
const postgres = await openPostgres()
const { dataSource } = postgres
await migrateScheduler(dataSource, { schema: SCHEMA })
const history = { scheduler: 'bench', jobs: JOBS, runs: rows, everyMs: 50, until: Date.now() }
await fillHistory(dataSource, tableNames(SCHEMA), history)
// Known for as long as they have runs, the jobs are what an audit reads the whole ledger for.
await dataSource.query(`UPDATE ${tableNames(SCHEMA).job} SET since_at = to_timestamp(0)`)

const idle = Array.from({ length: JOBS }, (_, n) => ({
  name: `job-${n}`,
  schedule: every({ milliseconds: DAY }),
  handler: () => {},
}))
const ticking = Array.from({ length: TICKING }, (_, n) => ({
  name: `tick-${n}`,
  schedule: every({ seconds: 1 }),
  handler: () => {},
}))
const scheduler = createScheduler({
  name: 'bench',
  jobs: [...idle, ...ticking],
  sessions: createTypeormSessions(dataSource),
  store: createTypeormStore({ schema: SCHEMA }),
})
await scheduler.open()

const app = express().disable('x-powered-by')
// Each request is of another principal, so that none is refused for having had its share.
let principals = 0
const authorize = () => ({ allow: true, principal: { name: `bench-${principals++}` } }) as const
app.use('/admin', adminSchedulerRouter(scheduler, { authorize }))
app.use(healthRouter(scheduler))
const server = app.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port, version: postgres.version })
})

process.on('message', (asked) => {
  void (asked === 'end' ? end() : tell(asked as { readonly from: number; readonly to: number }))
})

/** What became of the due times of the ticking jobs, the memory in use, and the statements that are executed now. */
async function tell({ from, to }: { readonly from: number; readonly to: number }): Promise<void> {
  const audits = await Promise.all(ticking.map(({ name: job }) => scheduler.audit({ job, from, to })))
  const each = audits.flat()
  const sum = (count: (one: (typeof each)[number]) => number) => each.reduce((total, one) => total + count(one), 0)
  const [{ active }] = await dataSource.query(
    `SELECT count(*)::int AS active FROM pg_stat_activity
     WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()`,
  )
  process.send?.({
    expected: sum((one) => one.expected),
    started: sum((one) => one.started),
    missed: sum((one) => one.missed + one.skipped + one.unexplained.length),
    heapMb: bytesInUse() / 2 ** 20,
    rssMb: process.memoryUsage.rss() / 2 ** 20,
    active,
  })
}

async function end(): Promise<void> {
  server.close().closeAllConnections()
  await scheduler.close()
  await postgres[Symbol.asyncDispose]()
  process.disconnect?.()
}
