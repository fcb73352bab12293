import { randomBytes } from 'node:crypto'

import { DataSource } from 'typeorm'
import { expect, it } from 'vitest'

import { withNextStep } from '../../test/synthetic-steps.ts'
import { createTestBed, dataSourceOptions } from '../../test/test-bed.ts'
import { createTypeormSessions } from '../sessions/create-typeorm-sessions.ts'
import { tableNames } from '../sql/names.ts'
import { createTypeormStore } from '../store/create-typeorm-store.ts'
import { applySteps } from './apply-steps.ts'
import { assertSchema, migrateScheduler } from './migrate-scheduler.ts'
import { runSteps } from './run-steps.ts'
import { schedulerMigrations } from './scheduler-migrations.ts'
import { STEPS } from './steps.ts'

const bed = await createTestBed()
const dataSource = await bed.open()

const ROUNDS = process.env['SOAK'] === '1' ? 200 : 20
const ALL = STEPS.map(({ version }) => version)

it('makes the tables once when several processes migrate at the same time', async () => {
  const processes = await Promise.all(Array.from({ length: 5 }, () => bed.open()))
  for (let round = 0; round < ROUNDS; round++) {
    const schema = newSchema()
    const applied = await Promise.all(processes.map((each) => migrateScheduler(each, { schema })))
    expect(applied.filter((versions) => versions.length > 0)).toEqual([ALL])
    await assertSchema(dataSource, { schema })
    await dataSource.query(`DROP SCHEMA ${schema} CASCADE`)
  }
}, 600_000)

it('changes nothing when it is repeated', async () => {
  const schema = newSchema()
  expect(await migrateScheduler(dataSource, { schema })).toEqual(ALL)
  const before = await catalogOf(schema)
  expect(await migrateScheduler(dataSource, { schema })).toEqual([])
  expect(await catalogOf(schema)).toEqual(before)
})

it('refuses missing tables and tables of a newer release, and says which version it found', async () => {
  const schema = newSchema()
  const required = String(STEPS.length)
  const missing = { code: 'SCHEMA_NOT_READY', details: { found: '0 (not migrated)', required } }
  await expect(assertSchema(dataSource, { schema })).rejects.toMatchObject(missing)
  await expect(openScheduler(schema)).rejects.toMatchObject(missing)

  await migrateScheduler(dataSource, { schema })
  await openScheduler(schema)
  const readable = withNextStep(STEPS, STEPS.length)
  await runSteps({ dataSource, names: tableNames(schema), steps: readable })
  await assertSchema(dataSource, { schema })
  await openScheduler(schema)

  const newer = withNextStep(readable, readable.length)
  await runSteps({ dataSource, names: tableNames(schema), steps: newer })
  const found = `${newer.length} (readable from ${readable.length})`
  const refused = { code: 'SCHEMA_NOT_READY', details: { found, required } }
  await expect(assertSchema(dataSource, { schema })).rejects.toMatchObject(refused)
  await expect(migrateScheduler(dataSource, { schema })).rejects.toMatchObject(refused)
  await expect(openScheduler(schema)).rejects.toMatchObject(refused)
})

it('runs among the host’s own migrations, and can be mixed with migrateScheduler', async () => {
  const schema = newSchema()
  const host = await new DataSource({
    ...dataSourceOptions(bed.url),
    migrations: schedulerMigrations({ schema }),
    migrationsTableName: `host_${schema}`,
  }).initialize()
  try {
    expect(await host.runMigrations()).toHaveLength(STEPS.length)
    expect(await migrateScheduler(host, { schema })).toEqual([])
    expect(await host.runMigrations()).toEqual([])
    await openScheduler(schema)
    for (const _ of ALL) await host.undoLastMigration()
    await expect(assertSchema(host, { schema })).rejects.toMatchObject({ code: 'SCHEMA_NOT_READY' })
    await migrateScheduler(host, { schema })
    expect(await host.runMigrations()).toHaveLength(STEPS.length)
    await assertSchema(host, { schema })
  } finally {
    await host.destroy()
  }
})

it('adds no entity to the DataSource and touches nothing outside its schema', async () => {
  const before = await tablesOutside()
  await migrateScheduler(dataSource, { schema: newSchema() })
  expect(dataSource.entityMetadatas).toEqual([])
  expect(await tablesOutside()).toEqual(before)
})

it('waits for the migration of another process beyond the host’s statement and lock limits', async () => {
  const schema = newSchema()
  const other = (await bed.open()).createQueryRunner()
  await other.startTransaction()
  await applySteps(other, tableNames(schema), { steps: STEPS })
  const impatient = await new DataSource({
    ...dataSourceOptions(bed.url),
    extra: { options: '-c lock_timeout=1ms' },
  }).initialize()
  try {
    const waiting = migrateScheduler(impatient, { schema })
    await expect.poll(migrationsThatWait).toBe(1)
    await other.commitTransaction()
    expect(await waiting).toEqual([])
  } finally {
    await impatient.destroy()
  }
})

it.each(['', 'x'.repeat(64), 'nul\0', 'pg_catalog', 'pg_temp', 'information_schema'])(
  'refuses the schema name %j',
  async (schema) => {
    await expect(migrateScheduler(dataSource, { schema })).rejects.toMatchObject({ code: 'INVALID_OPTIONS' })
    expect(() => createTypeormStore({ schema })).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS' }))
  },
)

function newSchema(): string {
  return `m_${randomBytes(6).toString('hex')}`
}

function openScheduler(schema: string): Promise<readonly string[]> {
  const store = createTypeormStore({ schema })
  return createTypeormSessions(dataSource).withSession((session) =>
    store.register(session, { scheduler: 'test', jobs: [{ job: 'poll', cursor: 0 }], now: 0 }),
  )
}

function catalogOf(schema: string): Promise<unknown[]> {
  return dataSource.query(
    `SELECT c.oid, c.relname, c.relkind FROM pg_class c WHERE c.relnamespace = $1::regnamespace ORDER BY c.oid`,
    [schema],
  )
}

function tablesOutside(): Promise<unknown[]> {
  return dataSource.query(
    `SELECT schemaname, tablename FROM pg_tables WHERE schemaname !~ '^(m_|pg_|information_schema)' ORDER BY 1, 2`,
  )
}

async function migrationsThatWait(): Promise<number> {
  const [{ count }] = await dataSource.query(
    `SELECT count(*)::int FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event = 'advisory' AND clock_timestamp() - query_start > '20 ms'`,
  )
  return count
}
