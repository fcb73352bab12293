import { createScheduler, defineJob, every } from '@pm/scheduler-core'
import pg from 'pg'
import { DataSource, type EntityManager } from 'typeorm'
import { expect, it, onTestFinished } from 'vitest'

import { createTestBed, dataSourceOptions, openStore } from '../../test/test-bed.ts'
import { migrateScheduler } from '../migrations/migrate-scheduler.ts'
import { createTypeormSessions } from '../sessions/create-typeorm-sessions.ts'
import { assertDatabase, judgeDatabase } from './assert-database.ts'
import { createTypeormStore } from './create-typeorm-store.ts'

const bed = await createTestBed()

it("refuses pg's binary mode at open, with the setting and the remedy", async () => {
  const { schema } = await openStore(await bed.open())
  const scheduler = schedulerOn(await bed.open({ settings: { extra: { binary: true } } }), schema)
  await expect(scheduler.open()).rejects.toMatchObject({
    code: 'UNSUPPORTED_DATABASE_SETTING',
    retryable: false,
    details: { setting: 'binary', found: 'true', remedy: expect.stringContaining('remove `binary: true`') },
  })
})

it('refuses a database with the encoding SQL_ASCII', async () => {
  const url = await asciiDatabase()
  const dataSource = await new DataSource(dataSourceOptions(url)).initialize()
  onTestFinished(() => dataSource.destroy())
  await migrateScheduler(dataSource)
  await expect(schedulerOn(dataSource).open()).rejects.toMatchObject({
    code: 'UNSUPPORTED_DATABASE_SETTING',
    details: { setting: 'server_encoding', found: 'SQL_ASCII' },
  })
})

it('refuses a client_encoding that a host has set to anything but UTF8', async () => {
  const dataSource = await bed.open({ poolSize: 1 })
  await dataSource.query('SET client_encoding = LATIN1')
  await expect(assertDatabase(dataSource)).rejects.toMatchObject({
    details: { setting: 'client_encoding', found: 'LATIN1' },
  })
})

it('accepts a database with another encoding, which refuses characters that it lacks', () => {
  const read = { lsn: '16/B374D848', sample: ' {"n": 1} ', empty: '' }
  expect(judgeDatabase({ ...read, server_encoding: 'LATIN1', client_encoding: 'UTF8' })).toBeUndefined()
})

it.each<[string, (text: string) => unknown, string]>([
  ['trims it', (text) => text.trim(), '"{\\"n\\": 1}"'],
  ['returns null for an empty text', (text) => (text === '' ? null : text), 'null'],
])('refuses a parser of text that %s: everything is read as text', async (_, parse, found) => {
  const { schema } = await openStore(await bed.open())
  const types = { getTypeParser: (oid: number) => (oid === pg.types.builtins.TEXT ? parse : String) }
  const scheduler = schedulerOn(await bed.open({ settings: { extra: { types } } }), schema)
  await expect(scheduler.open()).rejects.toMatchObject({
    code: 'UNSUPPORTED_DATABASE_SETTING',
    details: { setting: "pg's parser of text", found, remedy: expect.stringContaining('type 25') },
  })
})

function schedulerOn(dataSource: DataSource, schema?: string) {
  const sessions = createTypeormSessions(dataSource)
  const job = defineJob<EntityManager>({ name: 'poll', schedule: every({ minutes: 1 }), handler: () => {} })
  return createScheduler({ name: 'poll', jobs: [job], sessions, store: createTypeormStore(schema ? { schema } : {}) })
}

async function asciiDatabase(): Promise<string> {
  const url = new URL(bed.url)
  const name = `${url.pathname.slice(1)}_ascii`
  const admin = new pg.Client({ connectionString: bed.url })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name} ENCODING SQL_ASCII LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`)
  onTestFinished(async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.end()
  })
  url.pathname = `/${name}`
  return url.href
}
