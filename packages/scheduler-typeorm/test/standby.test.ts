import { chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pm/embedded-postgres'
import { createScheduler, defineJob, every } from '@pm/scheduler-core'
import { DataSource, type EntityManager } from 'typeorm'
import { afterAll, expect, it } from 'vitest'

import { createTypeormSessions, createTypeormStore, migrateScheduler } from '../src/index.ts'
import { dataSourceOptions } from './test-bed.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'standby-postgres-'))
const options = { dataDir, durable: false }
let server: EmbeddedPostgres | undefined
const opened: DataSource[] = []

afterAll(async () => {
  for (const dataSource of opened) await dataSource.destroy()
  await server?.stop('immediate')
  rmSync(dataDir, { recursive: true, force: true })
})

it('refuses a standby by name when it opens, and takes one that it meets later for a failover', async () => {
  server = await startEmbeddedPostgres(options)
  const { port } = server
  const primary = await connect(server.url)
  await migrateScheduler(primary)
  const [early, late] = [sessionsOn(primary), schedulerOn(primary)]
  await late.open()
  await primary.query('CHECKPOINT')
  await server.stop()

  const cluster = join(dataDir, 'cluster')
  const signal = join(cluster, 'standby.signal')
  writeFileSync(signal, '')
  const { uid, gid } = statSync(cluster)
  chownSync(signal, uid, gid)
  server = await startEmbeddedPostgres({ ...options, port })

  const refusal = {
    code: 'UNSUPPORTED_DATABASE_SETTING',
    details: { setting: 'pg_is_in_recovery()', remedy: expect.stringContaining('primary') },
  }
  await expect(schedulerOn(await connect(server.url)).open()).rejects.toMatchObject(refusal)
  await expect(early.withSession(async () => {})).rejects.toMatchObject(refusal)
  await expect(late.pause()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true })
  await late.close({ graceMs: 0 })
}, 60_000)

async function connect(url: string): Promise<DataSource> {
  const dataSource = await new DataSource(dataSourceOptions(url, 4)).initialize()
  opened.push(dataSource)
  return dataSource
}

function sessionsOn(dataSource: DataSource) {
  return createTypeormSessions(dataSource)
}

function schedulerOn(dataSource: DataSource) {
  return createScheduler<EntityManager>({
    name: 'standby',
    jobs: [defineJob<EntityManager>({ name: 'hourly', schedule: every({ hours: 1 }), handler: () => {} })],
    sessions: sessionsOn(dataSource),
    store: createTypeormStore(),
  })
}
