/** The server of the bench of history: a status over each of several stores that differ in how many runs they hold. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startEmbeddedPostgres } from '@pm/embedded-postgres'
import { createScheduler, every, type Scheduler } from '@pm/scheduler-core'
import { adminSchedulerRouter } from '@pm/scheduler-express'
import { createTypeormSessions, createTypeormStore, migrateScheduler } from '@pm/scheduler-typeorm'
import express from 'express'
import { DataSource } from 'typeorm'
import { tableNames } from '../../../packages/scheduler-typeorm/src/sql/names.ts'
import { fillHistory } from '../../../packages/scheduler-typeorm/test/fill-history.ts'

const JOBS = 10
const DAY = 86_400_000
/** A day holds 8,640 runs, so that 10,000 fill its window too, and what differs is only what lies behind it. */
const EVERY_MS = 10_000

const sizes = process.argv.slice(2).map(Number)
const dataDir = mkdtempSync(join(tmpdir(), 'bench-postgres-'))
const postgres = await startEmbeddedPostgres({ dataDir })
const dataSource = await new DataSource({ type: 'postgres', url: postgres.url, installExtensions: false }).initialize()
const schedulers: Scheduler[] = []
const app = express().disable('x-powered-by')
for (const runs of sizes) {
  const from = performance.now()
  const scheduler = await openScheduler(runs)
  console.log(`${runs} runs written in ${((performance.now() - from) / 1_000).toFixed(0)} s`)
  const authorize = () => ({ allow: true, principal: { name: 'bench' } }) as const
  app.use(`/${runs}`, adminSchedulerRouter(scheduler, { authorize }))
  schedulers.push(scheduler)
}
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') process.send?.(address?.port)
})
process.on('message', (asked) => void (asked === 'end' ? end() : readCold()))

/** A run every ten seconds up to now; it asks for none itself while the bench lasts. */
async function openScheduler(runs: number): Promise<Scheduler> {
  const schema = `bench_${runs}`
  await migrateScheduler(dataSource, { schema })
  const history = { scheduler: 'bench', jobs: JOBS, runs, everyMs: EVERY_MS, until: Date.now() }
  await fillHistory(dataSource, tableNames(schema), history)
  const jobs = Array.from({ length: JOBS }, (_, n) => ({
    name: `job-${n}`,
    schedule: every({ milliseconds: DAY }),
    handler: () => {},
  }))
  const sessions = createTypeormSessions(dataSource)
  const store = createTypeormStore({ schema })
  // What is kept is what is measured: nothing of it is old.
  const scheduler = createScheduler({ name: 'bench', jobs, sessions, store, retentionMs: 10 * 366 * DAY })
  await scheduler.open()
  return scheduler
}

/** What a snapshot takes that is not there yet, of each store in turn, in milliseconds. */
async function readCold(): Promise<void> {
  const times: number[] = []
  for (const scheduler of schedulers) {
    const from = performance.now()
    await scheduler.snapshot({ maxAgeMs: 0 })
    times.push(performance.now() - from)
  }
  process.send?.(times)
}

async function end(): Promise<void> {
  server.close().closeAllConnections()
  for (const scheduler of schedulers) await scheduler.close()
  await dataSource.destroy()
  await postgres.stop('immediate')
  rmSync(dataDir, { recursive: true, force: true })
  process.disconnect?.()
}
