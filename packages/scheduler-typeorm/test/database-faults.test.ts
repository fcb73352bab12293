import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pm/embedded-postgres'
import { createScheduler, type RunContext } from '@pm/scheduler-core'
import { createStallMeter } from '@pm/testlab'
import { DataSource, type EntityManager } from 'typeorm'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { createTypeormSessions, createTypeormStore, migrateScheduler } from '../src/index.ts'
import { closeAndAccount, runsGoOn, within } from './live-scheduler.ts'
import { dataSourceOptions, poolOf } from './test-bed.ts'

/** Restarts of the server; more for a soak. */
const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 10)
const KILLS = 6 * ROUNDS
const PERIOD_MS = 250
const LONG_MS = 60_000 + 30_000 * ROUNDS
/** A server that by default answers a commit before it is on disk. Our commits must survive its crash nevertheless. */
const SERVER = { durable: false, settings: { synchronous_commit: 'off' } } as const

let dataDir: string
let server: EmbeddedPostgres
let dataSource: DataSource

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'fault-postgres-'))
  server = await startEmbeddedPostgres({ dataDir, ...SERVER })
  dataSource = await new DataSource(dataSourceOptions(server.url)).initialize()
  await migrateScheduler(dataSource)
})
afterAll(async () => {
  await dataSource.destroy()
  await server.stop('immediate')
  rmSync(dataDir, { recursive: true, force: true })
})

it(
  'survives a crash of the server: reports error within 2 s, recovers within 5 s, and accounts for every due time',
  async () => {
    const { scheduler, account } = schedulerOn('crash')
    await scheduler.open()
    for (let round = 0; round < ROUNDS; round++) {
      await runsGoOn(scheduler)
      await scheduler.snapshot({ maxAgeMs: 0 })
      await server.stop('immediate')
      await within(2_000, () => scheduler.state === 'error')
      const { stale } = await scheduler.snapshot({ maxAgeMs: 0 })
      expect(stale).toBe(true)
      server = await startEmbeddedPostgres({ dataDir, ...SERVER, port: server.port })
      await within(5_000, () => scheduler.state === 'running')
    }
    await runsGoOn(scheduler)
    await account()
  },
  LONG_MS,
)

it(
  'goes on while its backends are terminated',
  async () => {
    const { scheduler, account } = schedulerOn('kills')
    await scheduler.open()
    const killer = await new DataSource(dataSourceOptions(server.url, 1)).initialize()
    for (let kill = 0; kill < KILLS; kill++) {
      await killer.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      )
      if (kill % 5 === 0) await runsGoOn(scheduler)
    }
    await killer.destroy()
    await runsGoOn(scheduler)
    await account()
  },
  LONG_MS,
)

it(
  'loses nothing while the host discards what was prepared on its connections',
  async () => {
    const { scheduler, account } = schedulerOn('discards')
    await scheduler.open()
    for (let round = 0; round < 2 * ROUNDS; round++) {
      await runsGoOn(scheduler)
      await Promise.all(Array.from({ length: 10 }, () => dataSource.query('DISCARD ALL')))
    }
    await runsGoOn(scheduler)
    await account()
  },
  LONG_MS,
)

it('reports error while the database is read-only, and goes on afterwards', async () => {
  const { scheduler, account } = schedulerOn('read-only')
  await scheduler.open()
  await runsGoOn(scheduler)
  // Fails like a server that has become a standby. A read-only default would not do, since our units ask for READ
  // WRITE.
  await dataSource.query(`CREATE FUNCTION pm_scheduler.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'cannot write in a read-only transaction' USING ERRCODE = '25006'; END $$`)
  for (const table of ['job', 'under_way', 'settled', 'instance']) {
    await dataSource.query(`CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON pm_scheduler.${table}
      FOR EACH STATEMENT EXECUTE FUNCTION pm_scheduler.refuse()`)
  }
  await within(2_000, () => scheduler.state === 'error')
  await dataSource.query('DROP FUNCTION pm_scheduler.refuse() CASCADE')
  await within(5_000, () => scheduler.state === 'running')
  await runsGoOn(scheduler)
  await account()
})

it('works with a pool of one connection that a handler holds: status still answers, and nothing deadlocks', async () => {
  const narrow = await new DataSource(dataSourceOptions(server.url, 1)).initialize()
  const holding = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const { scheduler, account } = schedulerOn(
    'narrow',
    (context) =>
      context.withSession(async (session) => {
        await session.query('SELECT 1')
        holding.resolve()
        await release.promise
      }),
    narrow,
  )
  await scheduler.open()
  await scheduler.snapshot({ maxAgeMs: 0 })
  await holding.promise
  const meter = createStallMeter()
  const began = performance.now()
  const { snapshot, stale } = await scheduler.snapshot({ maxAgeMs: 0 })
  const tookMs = performance.now() - began
  meter.stop()
  expect(tookMs - meter.totalMs).toBeLessThan(2_500)
  expect([snapshot.scheduler.name, stale]).toEqual(['narrow', true])
  release.resolve()
  await runsGoOn(scheduler)
  await account()
  await narrow.destroy()
})

/** A running scheduler on a DataSource, with functions that check it. */
function schedulerOn(
  name: string,
  handler: (context: RunContext<EntityManager>) => unknown = () => {},
  on = dataSource,
) {
  const [sessions, store] = [createTypeormSessions(on), createTypeormStore()]
  const started: number[] = []
  const scheduler = createScheduler<EntityManager>({
    name,
    sessions,
    store,
    jobs: [
      {
        name: 'poll',
        schedule: { kind: 'every', periodMs: PERIOD_MS, anchorAt: 0 },
        handler(context) {
          started.push(context.scheduledFor ?? Number.NaN)
          return handler(context)
        },
      },
    ],
  })
  return {
    scheduler,
    async account() {
      await closeAndAccount(scheduler, { sessions, store, started, periodMs: PERIOD_MS })
      expect(poolOf(on).busy).toBe(0)
    },
  }
}
