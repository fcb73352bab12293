import { randomBytes } from 'node:crypto'

import { DataSource } from 'typeorm'
import { expect, it } from 'vitest'

import { SYNTHETIC } from '../../test/synthetic-steps.ts'
import { createTestBed, dataSourceOptions } from '../../test/test-bed.ts'
import { tableNames } from '../sql/names.ts'
import { applySteps } from './apply-steps.ts'
import { assertSteps } from './assert-steps.ts'
import { dropTables } from './drop-tables.ts'
import { runSteps } from './run-steps.ts'
import type { MigrationStep } from './steps.ts'
import { toMigrations } from './to-migrations.ts'

const bed = await createTestBed()
const dataSource = await bed.open()

const [FIRST_RELEASE, SECOND_RELEASE] = [SYNTHETIC.slice(0, 1), SYNTHETIC.slice(0, 2)]

it('applies the missing steps to the tables of an earlier release, and keeps their rows', async () => {
  const schema = newSchema()
  expect(await run(schema, FIRST_RELEASE)).toEqual([1])
  await dataSource.query(`INSERT INTO ${schema}.author VALUES (1)`)
  await dataSource.query(`INSERT INTO ${schema}.book VALUES ('Emma', 1)`)
  await expect(assertRelease(schema, SYNTHETIC)).rejects.toMatchObject({
    code: 'SCHEMA_NOT_READY',
    details: { found: '1', required: '3' },
  })
  expect(await run(schema, SYNTHETIC)).toEqual([2, 3])
  await assertRelease(schema, SYNTHETIC)
  expect(await dataSource.query(`SELECT * FROM ${schema}.book`)).toEqual([{ title: 'Emma', author: 1, pages: 0 }])
})

it('leaves nothing behind when its process is killed half-way, and the next call applies every step', async () => {
  const schema = newSchema()
  const doomed = await bed.open()
  const runner = doomed.createQueryRunner()
  await runner.startTransaction()
  await applySteps(runner, tableNames(schema), { steps: SYNTHETIC, upTo: 2 })
  const [{ pid }] = await runner.query('SELECT pg_backend_pid() AS pid')
  const waiting = run(schema, SYNTHETIC)
  await dataSource.query('SELECT pg_terminate_backend($1)', [pid])
  expect(await waiting).toEqual([1, 2, 3])
  await assertRelease(schema, SYNTHETIC)
})

it('leaves no part of a step behind when a statement fails in a host that runs migrations without a transaction', async () => {
  const schema = newSchema()
  const host = await openHost(schema)
  try {
    const { createQueryRunner } = host
    const seen = new Set<number>()
    for (let fatal = 1; ; fatal++) {
      let statements = 0
      host.createQueryRunner = (...mode) => {
        const runner = createQueryRunner.apply(host, mode)
        const query = runner.query.bind(runner)
        runner.query = (text: string, ...more: never[]) => {
          if (text.includes(schema) && ++statements === fatal) return Promise.reject(new Error('died here'))
          return query(text, ...more)
        }
        return runner
      }
      const outcome = await host.runMigrations({ transaction: 'none' }).catch((error: unknown) => String(error))
      const tables = await tablesOf(schema)
      const version = tables.includes('scheduler_migration') ? await versionOf(schema) : 0
      expect(tables).toEqual(TABLES_OF_VERSION[version])
      if (version === 0) expect(await exists(schema)).toBe(false)
      seen.add(version)
      if (Array.isArray(outcome)) break
    }
    expect([...seen]).toEqual([0, 1, 2, 3])
    host.createQueryRunner = createQueryRunner
    await assertRelease(schema, SYNTHETIC)
  } finally {
    await host.destroy()
  }
}, 120_000)

it('refuses a later step when the host has a table of the same name, and leaves that table alone', async () => {
  const schema = newSchema()
  await run(schema, SECOND_RELEASE)
  await dataSource.query(`CREATE TABLE ${schema}.reader (name text)`)
  await expect(run(schema, SYNTHETIC)).rejects.toMatchObject({ code: 'SCHEMA_OCCUPIED', details: { tables: 'reader' } })
  await dataSource.transaction((session) => dropTables(session, tableNames(schema), SYNTHETIC))
  expect(await tablesOf(schema)).toEqual(['reader'])
})

it('lets a deploy go back to the releases that can still read the tables', async () => {
  const schema = newSchema()
  await run(schema, SECOND_RELEASE)
  await assertRelease(schema, FIRST_RELEASE)
  expect(await run(schema, FIRST_RELEASE)).toEqual([])

  await run(schema, SYNTHETIC)
  const refused = { code: 'SCHEMA_NOT_READY', details: { found: '3 (readable from 3)', required: '1' } }
  await expect(assertRelease(schema, FIRST_RELEASE)).rejects.toMatchObject(refused)
  await expect(run(schema, FIRST_RELEASE)).rejects.toMatchObject(refused)
})

it('drops everything when the first step is reverted, and nothing before', async () => {
  const schema = newSchema()
  const host = await openHost(schema)
  try {
    await host.runMigrations()
    const tables = await tablesOf(schema)
    await host.undoLastMigration()
    await host.undoLastMigration()
    expect(await tablesOf(schema)).toEqual(tables)
    await host.undoLastMigration()
    expect(await exists(schema)).toBe(false)
  } finally {
    await host.destroy()
  }
})

const TABLES_OF_VERSION: Readonly<Record<number, readonly string[]>> = {
  0: [],
  1: ['author', 'book', 'scheduler_migration'],
  2: ['author', 'book', 'scheduler_migration'],
  3: ['author', 'book', 'reader', 'scheduler_migration'],
}

function run(schema: string, steps: readonly MigrationStep[]): Promise<readonly number[]> {
  return runSteps({ dataSource, names: tableNames(schema), steps })
}

function assertRelease(schema: string, steps: readonly MigrationStep[]): Promise<void> {
  return dataSource.transaction((session) => assertSteps(session, tableNames(schema), steps))
}

/** A host that lists the synthetic steps among its own migrations. */
async function openHost(schema: string): Promise<DataSource> {
  return new DataSource({
    ...dataSourceOptions(bed.url),
    migrations: toMigrations(SYNTHETIC, tableNames(schema)),
    migrationsTableName: `host_${schema}`,
  }).initialize()
}

async function tablesOf(schema: string): Promise<string[]> {
  const rows = await dataSource.query('SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY 1', [schema])
  return rows.map(({ tablename }: { tablename: string }) => tablename)
}

async function exists(schema: string): Promise<boolean> {
  return (await dataSource.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema])).length === 1
}

async function versionOf(schema: string): Promise<number> {
  const [{ version }] = await dataSource.query(`SELECT max(version) AS version FROM ${schema}.scheduler_migration`)
  return version
}

function newSchema(): string {
  return `l_${randomBytes(6).toString('hex')}`
}
