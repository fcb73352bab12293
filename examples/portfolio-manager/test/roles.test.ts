import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startEmbeddedPostgres } from '@pm/embedded-postgres'
import { silentLogger } from '@pm/scheduler-core'
import { createTypeormSessions } from '@pm/scheduler-typeorm'
import { Client } from 'pg'
import { afterAll, expect, test } from 'vitest'

import { explain } from '../src/boot/explain.ts'
import { prepareTables } from '../src/boot/prepare-tables.ts'
import { connectDatabase } from '../src/database/connect.ts'
import { drawRolePasswords, prepareRoles } from '../src/database/roles.ts'
import { createRecalculationScheduler, KEEP_TABLES } from '../src/recalculation/create-recalculation-scheduler.ts'
import { testValuation } from './test-valuation.ts'

/* The roles of the sample, on a server of their own: roles are of a server and not of a database. */

const folder = mkdtempSync(join(tmpdir(), 'roles-'))
const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable: false })
const first = await prepareRoles(server.url, drawRolePasswords())
const { ownerUrl, url } = await prepareRoles(server.url, drawRolePasswords())
const database = { url, ownerUrl, role: 'portfolio_app' }
const config = { databaseUrl: null, dataDir: folder, workers: 1 }
const migrated = await prepareTables({ database, config, logger: silentLogger })

afterAll(async () => {
  await server.stop('immediate')
  rmSync(folder, { recursive: true, force: true })
})

/** What the server says to a statement: its rows, or the code of its refusal. */
async function ask(address: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: address })
  try {
    await client.connect()
    return (await client.query(sql)).rows
  } catch (error) {
    return (error as { code?: string }).code
  } finally {
    await client.end()
  }
}

test('the tables are made once, by their owner', async () => {
  expect(migrated).toBeGreaterThan(4)
  expect(await prepareTables({ database, config, logger: silentLogger })).toBe(0)
  const owners = `SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname IN ('public', 'pm_scheduler')`
  expect(await ask(ownerUrl, owners)).toEqual([{ tableowner: 'portfolio_owner' }])
})

test('each start gives the roles new passwords, and the old ones no longer let in', async () => {
  for (const old of [first.ownerUrl, first.url]) expect(await ask(old, 'SELECT 1')).toBe('28P01')
  for (const current of [ownerUrl, url]) expect(await ask(current, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a wrong password is told by the name of its variable, and not shown', async () => {
  const wrong = new URL(url)
  wrong.password = 'hunter22'
  const refused = await connectDatabase({ url: wrong.href, logger: silentLogger }).catch((error: unknown) => error)
  const told = explain(refused)
  expect(told).toContain('password authentication failed for user "portfolio_app"')
  expect(told).toContain('Check DATABASE_URL')
  expect(told).not.toContain('hunter22')
})

test('no role has rights over the server, and the application is no member of the owner', async () => {
  const rights = `
    SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls AS more,
           (SELECT count(*)::int FROM pg_auth_members WHERE member = pg_roles.oid) AS memberships
      FROM pg_roles WHERE rolname LIKE 'portfolio%' ORDER BY 1`
  expect(await ask(url, rights)).toEqual([
    { rolname: 'portfolio_app', more: false, memberships: 0 },
    { rolname: 'portfolio_owner', more: false, memberships: 0 },
  ])
})

test.each([
  'CREATE TABLE own (id int)',
  'CREATE TEMPORARY TABLE own (id int)',
  'CREATE SCHEMA own',
  'CREATE TABLE pm_scheduler.own (id int)',
  'CREATE TABLE pgboss.own (id int)',
  'DROP TABLE pgboss.job CASCADE',
  'CREATE ROLE own',
  'DROP TABLE quotes',
  'ALTER TABLE quotes ADD COLUMN own int',
  'TRUNCATE quotes',
  'DELETE FROM quotes',
  'UPDATE holdings SET quantity = 1',
  'UPDATE login_tokens SET expires_at = now()',
  'SELECT * FROM portfolio_migrations',
  'DELETE FROM pm_scheduler.scheduler_migration',
  'SELECT rolpassword FROM pg_authid',
  "SELECT pg_read_file('pg_hba.conf')",
  'GRANT ALL ON quotes TO PUBLIC',
])('the application may not: %s', async (statement) => {
  const answer = await ask(url, statement)
  // GRANT without the right to grant is a warning and grants nothing.
  const granted =
    'SELECT count(*)::int AS more FROM pg_class, aclexplode(relacl) WHERE grantee = 0 AND relname = $$quotes$$'
  if (statement.startsWith('GRANT')) expect(await ask(url, granted)).toEqual([{ more: 0 }])
  else expect(answer).toBe('42501')
})

test('the application lets the owner make the partitions that it may not make itself', async () => {
  const days = `SELECT count(*)::int AS days FROM pg_inherits WHERE inhparent = 'pm_scheduler.settled'::regclass`
  const [before] = (await ask(ownerUrl, days)) as { days: number }[]
  const tomorrow = `settled_${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')}`
  expect(await ask(url, `DROP TABLE pm_scheduler.${tomorrow}`)).toBe('42501')
  expect(await ask(ownerUrl, `DROP TABLE pm_scheduler.${tomorrow}`)).toEqual([])

  const dataSource = await connectDatabase({ url, logger: silentLogger })
  const sessions = createTypeormSessions(dataSource)
  const scheduler = createRecalculationScheduler({
    sessions,
    valuation: testValuation({ sessions }),
    secrets: [],
    logger: silentLogger,
    keepTables: () => prepareTables({ database, config, logger: silentLogger }),
  })
  await scheduler.open()
  expect(await ask(ownerUrl, days)).toEqual([{ days: (before?.days ?? 0) - 1 }])
  await scheduler.runJob(KEEP_TABLES)
  await scheduler.whenIdle()
  expect(await ask(ownerUrl, days)).toEqual([before])
  await scheduler.close()
  await dataSource.destroy()
})

test.each(['postgres', 'template1'])('the roles enter no other database: %s', async (name) => {
  for (const address of [url, ownerUrl]) {
    const elsewhere = new URL(address)
    elsewhere.pathname = `/${name}`
    expect(await ask(elsewhere.href, 'SELECT 1')).toBe('42501')
  }
})
