import { createHash, randomBytes } from 'node:crypto'

import { DataSource } from 'typeorm'
import { describe, expect, it } from 'vitest'

import { createTestBed, dataSourceOptions } from '../../test/test-bed.ts'
import { createTypeormSessions } from '../sessions/create-typeorm-sessions.ts'
import { tableNames } from '../sql/names.ts'
import { createTypeormStore } from '../store/create-typeorm-store.ts'
import { dropTables } from './drop-tables.ts'
import { assertSchema, migrateScheduler } from './migrate-scheduler.ts'
import { runSteps } from './run-steps.ts'
import { schedulerMigrations } from './scheduler-migrations.ts'
import { type MigrationStep, STEPS } from './steps.ts'

const bed = await createTestBed()
const dataSource = await bed.open()

const BUILDS: readonly (readonly [string, readonly MigrationStep[]])[] = [
  ['an earlier form of the first step', earlierSteps(1)],
  ['six steps', earlierSteps(6)],
]

describe.each(BUILDS)('tables that an earlier build made by %s', (_, steps) => {
  const refused = (schema: string) => ({
    code: 'SCHEMA_OF_EARLIER_BUILD',
    details: { schema, step: 'PmSchedulerTables1763942400000' },
    message: expect.stringMatching(/ Drop that schema .* or start with an empty database or data folder\.$/),
  })

  it('are refused by every call that reads them, and stay unchanged', async () => {
    const schema = newSchema()
    const names = tableNames(schema)
    await runSteps({ dataSource, names, steps })
    const before = await catalogOf(schema)
    const host = await new DataSource({
      ...dataSourceOptions(bed.url),
      migrations: schedulerMigrations({ schema }),
      migrationsTableName: `host_${schema}`,
    }).initialize()
    try {
      await expect(host.runMigrations()).rejects.toMatchObject(refused(schema))
    } finally {
      await host.destroy()
    }
    await expect(migrateScheduler(dataSource, { schema })).rejects.toMatchObject(refused(schema))
    await expect(assertSchema(dataSource, { schema })).rejects.toMatchObject(refused(schema))
    await expect(register(schema)).rejects.toMatchObject(refused(schema))
    const dropped = dataSource.transaction((session) => dropTables(session, names, STEPS))
    await expect(dropped).rejects.toMatchObject(refused(schema))
    expect(await catalogOf(schema)).toEqual(before)
  })

  it('are replaced once the remedy in the error is applied', async () => {
    const schema = newSchema()
    await runSteps({ dataSource, names: tableNames(schema), steps })
    await dataSource.query(`DROP SCHEMA ${schema} CASCADE`)
    await migrateScheduler(dataSource, { schema })
    await register(schema)
  })
})

it('renames the first step with every change of the tables, so that earlier tables are refused', () => {
  const [first] = STEPS
  const statements = first?.statements(tableNames()).join(';').replaceAll(/\s+/g, ' ')
  const digest = createHash('sha256')
    .update(statements ?? '')
    .digest('hex')
    .slice(0, 16)
  // After a change of the tables, rename the step in steps.ts with the time of the change. Then update both values
  // here.
  expect({ name: first?.name, digest }).toEqual({ name: 'PmSchedulerTables1796058591342', digest: 'cd4a380f0a73bc8c' })
})

/** Steps with the names of earlier builds. Their statements do not matter: a build is recognised by its step names. */
function earlierSteps(count: number): readonly MigrationStep[] {
  return Array.from({ length: count }, (_, index) => ({
    version: index + 1,
    name: index === 0 ? 'PmSchedulerTables1763942400000' : `PmSchedulerEarlier176394240000${index}`,
    readableFrom: index + 1,
    statements: ({ quotedSchema }) => [`CREATE TABLE ${quotedSchema}.earlier_${index} (id int)`],
  }))
}

function register(schema: string): Promise<readonly string[]> {
  const store = createTypeormStore({ schema })
  return createTypeormSessions(dataSource).withSession((session) =>
    store.register(session, { scheduler: 'test', jobs: [], now: 0 }),
  )
}

function catalogOf(schema: string): Promise<unknown[]> {
  return dataSource.query('SELECT oid, relname FROM pg_class WHERE relnamespace = $1::regnamespace ORDER BY oid', [
    schema,
  ])
}

function newSchema(): string {
  return `e_${randomBytes(6).toString('hex')}`
}
