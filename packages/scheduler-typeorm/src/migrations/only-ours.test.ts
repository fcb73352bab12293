import { randomBytes } from 'node:crypto'

import { DataSource } from 'typeorm'
import { describe, expect, it } from 'vitest'

import { createTestBed, dataSourceOptions } from '../../test/test-bed.ts'
import { tableNames } from '../sql/names.ts'
import { dayOf } from '../sql/partitions.ts'
import { madeBySteps } from './made-by-steps.ts'
import { assertSchema, migrateScheduler } from './migrate-scheduler.ts'
import { schedulerMigrations } from './scheduler-migrations.ts'
import { STEPS } from './steps.ts'

const bed = await createTestBed()
const admin = await bed.open()

describe('reverting', () => {
  it("drops our tables, and leaves the host's in its own schema", async () => {
    const schema = newSchema()
    await admin.query(`CREATE SCHEMA ${schema}`)
    await admin.query(`CREATE TABLE ${schema}.customer AS SELECT 1 AS id`)
    await admin.query(`CREATE TABLE ${schema}.migration AS SELECT 'of the host' AS name`)
    await migrateAndRevert(schema)
    expect(await tablesOf(schema)).toEqual(['customer', 'migration'])
    expect(await admin.query(`SELECT id FROM ${schema}.customer`)).toEqual([{ id: 1 }])
  })

  it('drops a schema that it made, unless the host has put something into it', async () => {
    const [empty, used, given] = [newSchema(), newSchema(), newSchema()]
    await migrateAndRevert(empty)
    expect(await exists(empty)).toBe(false)
    await migrateAndRevert(used, () => admin.query(`CREATE TABLE ${used}.customer (id int)`))
    expect(await tablesOf(used)).toEqual(['customer'])
    await admin.query(`CREATE SCHEMA ${given}`)
    await migrateAndRevert(given)
    expect(await exists(given)).toBe(true)
  })
})

describe('the rights that migrating needs', () => {
  it('are none to create when the tables exist, and CREATE on a schema that the host made otherwise', async () => {
    const [ready, given, missing] = [newSchema(), newSchema(), newSchema()]
    const role = `r_${randomBytes(6).toString('hex')}`
    await migrateScheduler(admin, { schema: ready })
    await admin.query(`CREATE SCHEMA ${given}`)
    await admin.query(`CREATE ROLE ${role} LOGIN`)
    await admin.query(`GRANT USAGE ON SCHEMA ${ready} TO ${role}`)
    await admin.query(`GRANT SELECT ON ALL TABLES IN SCHEMA ${ready} TO ${role}`)
    await admin.query(`GRANT USAGE, CREATE ON SCHEMA ${given} TO ${role}`)
    const humble = await new DataSource({
      ...dataSourceOptions(bed.url, 1),
      extra: { max: 1, options: `-c role=${role}` },
    }).initialize()
    try {
      expect(await migrateScheduler(humble, { schema: ready })).toEqual([])
      expect(await migrateScheduler(humble, { schema: given })).toHaveLength(STEPS.length)
      await expect(migrateScheduler(humble, { schema: missing })).rejects.toThrow(/permission denied/)
    } finally {
      await humble.destroy()
    }
  })
})

it.each(['user', 'order', 'Mixed', 'with space', '1st', 'a"b'])('works in the schema %j', async (schema) => {
  await migrateAndRevert(schema)
  expect(await migrateScheduler(admin, { schema })).toHaveLength(STEPS.length)
  await assertSchema(admin, { schema })
})

it('takes no table of the host for its own, and changes nothing when two names collide', async () => {
  const schema = newSchema()
  await admin.query(`CREATE SCHEMA ${schema}`)
  await admin.query(`CREATE TABLE ${schema}.migration (version int, name text)`)
  await admin.query(`CREATE TABLE ${schema}.job (id int)`)
  await expect(migrateScheduler(admin, { schema })).rejects.toMatchObject({
    code: 'SCHEMA_OCCUPIED',
    details: { schema, tables: 'job' },
  })
  expect(await tablesOf(schema)).toEqual(['job', 'migration'])
  await admin.query(`DROP TABLE ${schema}.job`)
  expect(await migrateScheduler(admin, { schema })).toHaveLength(STEPS.length)
})

it.each([
  ['a table of migrations', 'CREATE TABLE $.scheduler_migration (id int)', 'scheduler_migration'],
  [
    'an index',
    'CREATE TABLE $.other (id int); CREATE INDEX receipt_answered_at ON $.other (id)',
    'receipt_answered_at',
  ],
  ['a type', "CREATE TYPE $.under_way AS ENUM ('a')", 'under_way'],
])('refuses a schema in which the host has %s of that name, and changes nothing', async (_, statement, tables) => {
  const schema = newSchema()
  await admin.query(`CREATE SCHEMA ${schema}`)
  await admin.query(statement.replaceAll('$', schema))
  const before = await tablesOf(schema)
  await expect(migrateScheduler(admin, { schema })).rejects.toMatchObject({
    code: 'SCHEMA_OCCUPIED',
    details: { tables },
  })
  expect(await tablesOf(schema)).toEqual(before)
})

it('lists every object that its steps make, and makes the partitions of nine days besides', async () => {
  const schema = newSchema()
  const names = tableNames(schema)
  await migrateScheduler(admin, { schema })
  const made = madeBySteps(STEPS, names)
  const days = await daysOf(names.settled)
  expect(days).toHaveLength(9)
  expect([...made.tables, 'scheduler_migration', ...days].toSorted()).toEqual(await tablesOf(schema))
  // PostgreSQL names the indexes of a partition itself.
  const indexes = await admin.query(
    `SELECT c.relname::text AS name FROM pg_class AS c
     WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('i', 'I') AND NOT c.relispartition
       AND c.relname !~ '_(pkey|key)$' ORDER BY 1`,
    [schema],
  )
  expect(made.indexes.toSorted()).toEqual(indexes.map(({ name }: { name: string }) => name))
})

it('leaves the name of a day to the host that has a table of it, and drops all other partitions when it is reverted', async () => {
  const schema = newSchema()
  const { table } = dayOf(Date.now())
  await admin.query(`CREATE SCHEMA ${schema}`)
  await admin.query(`CREATE TABLE ${schema}.${table} AS SELECT 1 AS id`)
  await migrateAndRevert(schema, async () => {
    await migrateScheduler(admin, { schema })
    expect(await daysOf(tableNames(schema).settled)).toHaveLength(8)
  })
  expect(await tablesOf(schema)).toEqual([table])
  expect(await admin.query(`SELECT id FROM ${schema}.${table}`)).toEqual([{ id: 1 }])
})

async function migrateAndRevert(schema: string, before: () => Promise<unknown> = async () => {}): Promise<void> {
  const host = await new DataSource({
    ...dataSourceOptions(bed.url),
    migrations: schedulerMigrations({ schema }),
    migrationsTableName: `host_${randomBytes(6).toString('hex')}`,
  }).initialize()
  try {
    await host.runMigrations()
    await before()
    for (const _ of STEPS) await host.undoLastMigration()
  } finally {
    await host.destroy()
  }
}

async function tablesOf(schema: string): Promise<string[]> {
  const rows = await admin.query('SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY 1', [schema])
  return rows.map(({ tablename }: { tablename: string }) => tablename)
}

/** The partitions of `settled` but the default one, by name. */
async function daysOf(settled: string): Promise<string[]> {
  const rows = await admin.query(
    `SELECT c.relname::text AS name FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
     WHERE i.inhparent = $1::regclass AND c.relname <> 'settled_default' ORDER BY 1`,
    [settled],
  )
  return rows.map(({ name }: { name: string }) => name)
}

async function exists(schema: string): Promise<boolean> {
  return (await admin.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema])).length === 1
}

function newSchema(): string {
  return `o_${randomBytes(6).toString('hex')}`
}
