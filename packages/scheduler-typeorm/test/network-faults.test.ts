import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pm/embedded-postgres'
import { createScheduler, every, type Scheduler, systemClock } from '@pm/scheduler-core'
import {
  checkHistory,
  createHistoryTeller,
  createLeakSentinel,
  createTcpProxy,
  type HistoryLine,
} from '@pm/scheduler-testing'
import { Client } from 'pg'
import { DataSource, type EntityManager } from 'typeorm'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'

import { createTypeormSessions, createTypeormStore, migrateScheduler } from '../src/index.ts'
import { runsGoOn, within } from './live-scheduler.ts'
import { dataSourceOptions, poolOf } from './test-bed.ts'

const ROUNDS = process.env['SOAK'] === '1' ? 20 : 2
const SWEEP_MS = 500
const MAX_CONNECTIONS = 20

let dataDir: string
let server: EmbeddedPostgres

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'network-postgres-'))
  const settings = { max_connections: String(MAX_CONNECTIONS), superuser_reserved_connections: '0' }
  server = await startEmbeddedPostgres({ dataDir, durable: false, settings })
  const dataSource = await new DataSource(dataSourceOptions(server.url, 1)).initialize()
  await migrateScheduler(dataSource)
  await dataSource.destroy()
})
afterAll(async () => {
  await server.stop('immediate')
  rmSync(dataDir, { recursive: true, force: true })
})

const sentinel = createLeakSentinel()
beforeEach(() => sentinel.begin())
afterEach(() => sentinel.check())

it('says error within 2 s when nothing gets through, and is back within 5 s of the network', async () => {
  const proxy = await createTcpProxy({ target: { host: '127.0.0.1', port: server.port } })
  const url = new URL(server.url)
  url.port = String(proxy.port)
  const life = await liveOn(url.href, 'black-hole')
  for (let round = 0; round < ROUNDS; round++) {
    await runsGoOn(life.scheduler)
    proxy.set({ kind: 'black-hole' })
    await within(2_000, () => life.scheduler.state === 'error')
    await sleep(1_000)
    proxy.set(round % 2 === 0 ? { kind: 'pass' } : { kind: 'reset' })
    proxy.set({ kind: 'pass' })
    await within(5_000, () => life.scheduler.state === 'running')
  }
  await runsGoOn(life.scheduler)
  await life.end()
  await proxy.close()
}, 300_000)

it('says error within 2 s when the server has no connection left for it, and is back within 5 s of one', async () => {
  const life = await liveOn(server.url, 'crowded')
  for (let round = 0; round < ROUNDS; round++) {
    await runsGoOn(life.scheduler)
    const crowd = await crowdOut()
    await within(2_000, () => life.scheduler.state === 'error')
    for (const client of crowd) await client.end()
    await within(5_000, () => life.scheduler.state === 'running')
  }
  await runsGoOn(life.scheduler)
  await life.end()
}, 300_000)

/** A scheduler at work, with a history of its handlers to hold against its ledger at the end. */
async function liveOn(url: string, name: string) {
  const dataSource = await new DataSource(dataSourceOptions(url, 5)).initialize()
  const history: HistoryLine[] = []
  const teller = createHistoryTeller({
    process: name,
    history: { append: (line) => void history.push(line), close: () => {} },
    now: systemClock.now,
  })
  const schedule = every({ milliseconds: 250 })
  const scheduler = createScheduler<EntityManager>({
    name,
    jobs: [{ name: 'poll', schedule, handler: teller.handler(() => sleep(20)) }],
    sessions: teller.sessions(createTypeormSessions(dataSource, { answerTimeoutMs: 1_500 })),
    store: teller.store(createTypeormStore()),
    leaseMs: 2_000,
    sweepMs: SWEEP_MS,
  })
  await scheduler.open()
  return {
    scheduler,
    dataSource,
    async end() {
      await noneIsLeftRunning(scheduler)
      await scheduler.stop()
      await scheduler.whenIdle()
      await scheduler.close()
      await expect.poll(() => poolOf(dataSource).busy).toBe(0)
      await dataSource.destroy()
      expect(await violationsOf({ scheduler: name, schedule, history })).toEqual([])
    },
  }
}

interface Remains {
  readonly scheduler: string
  readonly schedule: ReturnType<typeof every>
  readonly history: readonly HistoryLine[]
}

async function violationsOf({ scheduler, schedule, history }: Remains) {
  const direct = await new DataSource(dataSourceOptions(server.url, 1)).initialize()
  const store = createTypeormStore()
  const { ledger, measures } = await createTypeormSessions(direct).withSession(async (session) => ({
    ledger: (await store.listEntries(session, { scheduler, limit: 100_000 })).items,
    measures: await store.readMeasures(session, { scheduler, asOf: systemClock.now(), windowsMs: {} }),
  }))
  await direct.destroy()
  const jobs = measures.jobs.map((job) => ({ ...job, schedule, since: measures.since }))
  return checkHistory({ history, ledger, jobs, sweepMs: SWEEP_MS })
}

/** Takes every connection that the server has, also those that the scheduler gets hold of meanwhile. */
async function crowdOut(): Promise<readonly Client[]> {
  const crowd: Client[] = []
  while (crowd.length < MAX_CONNECTIONS) {
    const client = new Client({ connectionString: server.url, application_name: 'crowd' })
    client.on('error', () => {})
    const entered = await client.connect().then(
      () => true,
      () => false,
    )
    if (entered) crowd.push(client)
    else await client.end().catch(() => {})
    await crowd[0]?.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND application_name <> 'crowd'`,
    )
  }
  return crowd
}

async function noneIsLeftRunning(scheduler: Scheduler): Promise<void> {
  const lost = systemClock.now()
  await expect
    .poll(
      async () => {
        const { items } = await scheduler.listRuns({ states: ['running'] })
        return items.filter((entry) => entry.kind === 'run' && entry.startedAt < lost).length
      },
      { timeout: 10_000, interval: 100 },
    )
    .toBe(0)
}
