import type { CallTally, RunTally } from '@pm/scheduler-core/store'
import { playTrace, TRACES } from '@pm/scheduler-testing'
import type { EntityManager } from 'typeorm'
import { expect, it } from 'vitest'

import { createTestBed, openStore } from '../../test/test-bed.ts'
import { createTypeormSessions } from '../sessions/create-typeorm-sessions.ts'
import { tableNames } from '../sql/names.ts'
import { createTypeormStore } from '../store/create-typeorm-store.ts'
import { applySteps } from './apply-steps.ts'
import { migrateScheduler } from './migrate-scheduler.ts'
import { REQUIRED_VERSION } from './steps.ts'

const bed = await createTestBed()
const dataSource = await bed.open()

const EARLIER = Array.from({ length: REQUIRED_VERSION - 1 }, (_, index) => index + 1)

it.each(EARLIER)(
  'keeps every lifetime count when it finds the tables of version %i with a history in them',
  async (version) => {
    const { schema, sessions, store } = await openStore(dataSource)
    const manual = await playTrace<EntityManager>(eventful(), { backend: { sessions, store } })
    await manual.close()

    const old = `${schema}_${version}`
    await dataSource.transaction(async ({ queryRunner }) => {
      if (!queryRunner) throw new Error('A transaction has a query runner.')
      await applySteps(queryRunner, tableNames(old), version)
    })
    await copyRows(schema, old)
    expect(await migrateScheduler(dataSource, { schema: old })).toHaveLength(REQUIRED_VERSION - version)

    const counts = await countsIn(schema)
    expect(counts.jobs).toEqual([expect.objectContaining({ succeeded: 1, failed: 2, attempts: 3 })])
    expect(await countsIn(old)).toEqual(counts)
  },
)

/** A run that succeeds, two that fail, and what they asked of a provider. */
function eventful() {
  const trace = TRACES.find(({ name }) => name === 'failure')
  if (!trace) throw new Error('There is no such trace.')
  return trace
}

/** Fills the tables of an earlier version with what those of this one hold, as far as they have the columns. */
async function copyRows(from: string, to: string): Promise<void> {
  const tables: readonly { readonly name: string; readonly columns: string }[] = await dataSource.query(
    `SELECT table_name AS name, string_agg(quote_ident(column_name), ', ') AS columns
     FROM information_schema.columns JOIN information_schema.columns AS known USING (table_name, column_name)
     WHERE columns.table_schema = $1 AND known.table_schema = $2 AND table_name <> 'scheduler_migration'
       AND columns.is_generated = 'NEVER' AND columns.is_identity = 'NO'
     GROUP BY 1 ORDER BY table_name <> 'scheduler'`,
    [to, from],
  )
  for (const { name, columns } of tables) {
    await dataSource.query(`INSERT INTO ${to}.${name} (${columns}) SELECT ${columns} FROM ${from}.${name}`)
  }
}

/** The lifetime counters: what is spread over buckets was not counted before version 5. */
async function countsIn(schema: string) {
  const store = createTypeormStore({ schema })
  const query = { scheduler: 'scheduler', asOf: 0, windowsMs: {} }
  const { jobs, providers } = await createTypeormSessions(dataSource).withSession(
    (session) => store.readMeasures(session, query),
    { readOnly: true },
  )
  const counters = (lifetime: RunTally | CallTally) => ({ ...lifetime, distributions: null })
  return {
    jobs: jobs.map(({ lifetime }) => counters(lifetime)),
    providers: providers.map(({ lifetime }) => counters(lifetime)),
  }
}
