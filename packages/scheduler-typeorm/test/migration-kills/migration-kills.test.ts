import { fork } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { byDeadline } from '@pm/testlab'
import { expect, it } from 'vitest'

import { runSteps } from '../../src/migrations/run-steps.ts'
import { tableNames } from '../../src/sql/names.ts'
import { SYNTHETIC } from '../synthetic-steps.ts'
import { createTestBed } from '../test-bed.ts'
import { eachStatement } from './each-statement.ts'

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url))
const IS_SOAK = process.env['SOAK'] === '1'

const bed = await createTestBed()
const dataSource = await bed.open()

it('is as if never begun when its process is killed, at whichever statement, and the next one does it all', async () => {
  const statements = await migrateUndisturbed('undisturbed')
  const all = Array.from({ length: statements }, (_, index) => index + 1)
  // The first once there is a transaction, one with the schema there, one among the tables, and the commit.
  const fatal = IS_SOAK ? all : [2, 7, Math.round(statements / 2), statements]
  for (const nth of fatal) {
    expect(await endOfMigration('killed', nth)).toBe('SIGKILL')
    await expect.poll(() => tablesOf('killed'), { timeout: 10_000 }).toBe(0)
  }
  const versions = await runSteps({ dataSource, names: tableNames('killed'), steps: SYNTHETIC })
  expect(versions).toEqual(SYNTHETIC.map(({ version }) => version))
  expect(await shapeOf('killed')).toEqual(await shapeOf('undisturbed'))
}, 600_000)

/** Answers how many statements a migration consists of, with those of its transaction. */
async function migrateUndisturbed(schema: string): Promise<number> {
  let statements = 0
  const counted = eachStatement(await bed.open(), (nth) => {
    statements = nth
  })
  await runSteps({ dataSource: counted, names: tableNames(schema), steps: SYNTHETIC })
  return statements
}

/** The signal that ended a process which migrates; `null` when it came to its end. */
async function endOfMigration(schema: string, fatal: number): Promise<unknown> {
  const child = fork(CHILD, [bed.url, schema, String(fatal)], {
    execArgv: ['--conditions=@pm/source', '--no-warnings'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  try {
    const [, signal] = await byDeadline(once(child, 'exit'), { withinMs: 60_000, what: 'The end of a migration' })
    return signal
  } finally {
    child.kill('SIGKILL')
  }
}

async function tablesOf(schema: string): Promise<number> {
  const [{ count }] = await dataSource.query('SELECT count(*)::int FROM pg_tables WHERE schemaname = $1', [schema])
  return count
}

/** Every column, index and constraint of a schema, without its name. */
async function shapeOf(schema: string): Promise<readonly string[]> {
  const rows: { readonly line: string }[] = await dataSource.query(
    `SELECT format('%s.%s %s', table_name, column_name, to_jsonb(c) - 'table_schema' - 'table_catalog' - 'udt_catalog') AS line
       FROM information_schema.columns AS c WHERE table_schema = $1
     UNION ALL
     SELECT indexdef FROM pg_indexes WHERE schemaname = $1
     UNION ALL
     SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
       FROM pg_constraint WHERE connamespace = $1::regnamespace
     UNION ALL
     SELECT format('%s %s', version, name) FROM ${schema}.scheduler_migration
     ORDER BY line`,
    [schema],
  )
  return rows.map(({ line }) => line.replaceAll(`${schema}.`, '')).sort()
}
