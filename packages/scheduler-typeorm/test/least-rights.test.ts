import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { describeStore } from '@pm/scheduler-testing/conformance'
import type { DataSource, EntityManager } from 'typeorm'
import { afterAll, expect, test } from 'vitest'

import { schedulerGrants } from '../src/migrations/scheduler-grants.ts'
import { createTypeormSessions } from '../src/sessions/create-typeorm-sessions.ts'
import { createTypeormStore } from '../src/store/create-typeorm-store.ts'
import { createStoreShelf } from './store-shelf.ts'
import { createTestBed } from './test-bed.ts'

/* The role of `schedulerGrants` runs every story of the store, and can do nothing to the tables themselves. */

const bed = await createTestBed()
const owner = await bed.open()
const role = `app_${randomBytes(6).toString('hex')}`
await owner.query(`CREATE ROLE ${role}`)
afterAll(async () => {
  const admin = await bed.open()
  await admin.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
})

const asRole = (): Promise<DataSource> => bed.open({ settings: { extra: { max: 10, options: `-c role=${role}` } } })
const humble = await asRole()
const shelf = createStoreShelf(owner)
const grant = async (schema: string) => {
  for (const statement of schedulerGrants({ role, schema })) await owner.query(statement)
}

async function takeStore() {
  const taken = await shelf.take()
  await grant(taken.schema)
  return taken
}

const createHarness = async () => {
  const { schema, store, close } = await takeStore()
  const harness = { sessions: createTypeormSessions(humble), store, concurrentUnits: 10, close }
  return {
    ...harness,
    async another() {
      const other = await asRole()
      return {
        sessions: createTypeormSessions(other),
        store: createTypeormStore({ schema }),
        close: () => other.destroy(),
      }
    },
  }
}

describeStore<EntityManager>('a role with the rights of schedulerGrants', createHarness, {
  histories: 5,
  snapshots: 20,
})

test('the role can change no table, make none, and write no migration', async () => {
  const { schema, close } = await takeStore()
  const refused = [
    `CREATE TABLE ${schema}.own (id int)`,
    `ALTER TABLE ${schema}.job ADD COLUMN own int`,
    `DROP TABLE ${schema}.job`,
    `TRUNCATE ${schema}.settled`,
    `INSERT INTO ${schema}.scheduler_migration SELECT * FROM ${schema}.scheduler_migration`,
    `DELETE FROM ${schema}.scheduler_migration`,
    `UPDATE ${schema}.control_log SET why = why`,
    `DELETE FROM ${schema}.settled_default`,
    `CREATE TRIGGER own AFTER INSERT ON ${schema}.job FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
  ]
  for (const statement of refused) {
    const error = await humble.query(statement).catch((thrown: unknown) => thrown)
    expect([statement, (error as { code?: string } | undefined)?.code]).toEqual([statement, '42501'])
  }
  await close()
})

test('every table of ours is named in the grants, and the grants may be repeated', async () => {
  const { schema, close } = await takeStore()
  await grant(schema)
  const statements = schedulerGrants({ role, schema }).join('\n')
  const rows: { name: string }[] = await owner.query(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = to_regnamespace($1) AND relkind IN ('r', 'p') AND NOT relispartition`,
    [schema],
  )
  expect(rows.length).toBeGreaterThan(10)
  for (const { name } of rows) expect(statements).toMatch(new RegExp(`"${schema}"\\.${name}\\b`))
  await close()
})

test('names are quoted', () => {
  expect(schedulerGrants({ role: 'a "b"', schema: 'c"d' })[0]).toBe('GRANT USAGE ON SCHEMA "c""d" TO "a ""b"""')
})

test('the guide shows the statements as they are', () => {
  const guide = readFileSync(new URL('../../../docs/guides/postgresql.md', import.meta.url), 'utf8')
  const oneLine = (text: string) => text.replace(/\s+/g, ' ')
  const shown = oneLine(guide).replaceAll('"', '')
  for (const statement of schedulerGrants({ role: 'portfolio_app' })) {
    expect(shown).toContain(`${oneLine(statement).replaceAll('"', '')};`)
  }
})
