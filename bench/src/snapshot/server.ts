/** A scheduler of each build over each of several stores, which differ in how many runs they hold, with their statuses. */
import type { AddressInfo } from 'node:net'

import type { Scheduler } from '@pm/scheduler-core'
import express from 'express'
import type { DataSource, EntityManager } from 'typeorm'

import { type Build, loadModule } from '../lab/build.ts'
import { openPostgres } from '../lab/postgres.ts'
import { metered } from '../lab/turns.ts'

export interface ServerTask {
  readonly builds: readonly Build[]
  readonly runs: readonly number[]
}

/** Asks for cold snapshots of one of the schedulers, by its place: builds first, then runs. */
export interface ColdQuestion {
  readonly place: number
}

export interface ColdAnswer {
  readonly ms: readonly number[]
  readonly sumsMs: readonly number[]
  readonly longestTurnMs: readonly number[]
}

export interface ServerReady {
  readonly port: number
  readonly version: string
}

interface Place {
  readonly scheduler: Scheduler
  readonly readSums: () => Promise<unknown>
}

const JOBS = 10
const HOUR = 3_600_000
const DAY = 24 * HOUR
const EVERY_MS = 10_000
/** Cold snapshots in a row. */
const REPEATS = 5

const task: ServerTask = JSON.parse(process.argv[2] ?? '{}')
const postgres = await openPostgres()
const places: Place[] = []
const app = express().disable('x-powered-by')
for (const build of task.builds) {
  for (const runs of task.runs) {
    const place = await openPlace(postgres.dataSource, build, runs)
    const { adminSchedulerRouter } = await loadModule(build, 'express')
    const authorize = () => ({ allow: true, principal: { name: 'bench' } }) as const
    app.use(`/${places.length}`, adminSchedulerRouter(place.scheduler, { authorize }))
    places.push(place)
  }
}
const server = app.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port, version: postgres.version } satisfies ServerReady)
})
process.on('message', (asked: ColdQuestion | 'end') => void (asked === 'end' ? end() : readCold(asked.place)))

/** A run every ten seconds up to now; it asks for none itself while the bench lasts. */
async function openPlace(dataSource: DataSource, build: Build, runs: number): Promise<Place> {
  const [core, typeorm, { tableNames }, { fillHistory }] = await Promise.all([
    loadModule(build, 'core'),
    loadModule(build, 'typeorm'),
    loadModule(build, 'names'),
    loadModule(build, 'fillHistory'),
  ])
  const schema = `${build.name}_${runs}`
  const until = Date.now()
  const begun = performance.now()
  await typeorm.migrateScheduler(dataSource, { schema })
  const history = { scheduler: 'bench', jobs: JOBS, runs, everyMs: EVERY_MS, until }
  await fillHistory(dataSource, tableNames(schema), history)
  process.stderr.write(
    `  ${build.name}: ${runs} runs written in ${((performance.now() - begun) / 1_000).toFixed(1)} s\n`,
  )
  const jobs = Array.from({ length: JOBS }, (_, n) => ({
    name: `job-${n}`,
    schedule: core.every({ milliseconds: DAY }),
    handler: () => {},
  }))
  const sessions = typeorm.createTypeormSessions(dataSource)
  const store = typeorm.createTypeormStore({ schema })
  // What is kept is what is measured: nothing of it is old.
  const scheduler = core.createScheduler({ name: 'bench', jobs, sessions, store, retentionMs: 10 * 366 * DAY })
  await scheduler.open()
  const query = () => ({ scheduler: 'bench', asOf: Date.now(), windowsMs: { recent: DAY, last_hour: HOUR } })
  const read = (session: EntityManager) => store.readMeasures(session, query())
  return { scheduler, readSums: () => sessions.withSession(read, { readOnly: true }) }
}

async function readCold(index: number): Promise<void> {
  const place = places[index]
  if (place === undefined) throw new Error(`There is no place ${index}.`)
  const [snapshots, sums] = [[], []] as [Awaited<ReturnType<typeof metered>>[], number[]]
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    snapshots.push(await metered(() => place.scheduler.snapshot({ maxAgeMs: 0 })))
    const begun = performance.now()
    await place.readSums()
    sums.push(performance.now() - begun)
  }
  const ms = snapshots.map((each) => each.ms)
  const longestTurnMs = snapshots.map((each) => each.longestTurnMs)
  process.send?.({ ms, longestTurnMs, sumsMs: sums } satisfies ColdAnswer)
}

async function end(): Promise<void> {
  server.close().closeAllConnections()
  for (const { scheduler } of places) await scheduler.close()
  await postgres[Symbol.asyncDispose]()
  process.disconnect?.()
}
