import type { SessionProvider } from '@pm/scheduler-core'
import type { Store } from '@pm/scheduler-core/store'
import type { DataSource, EntityManager, Logger } from 'typeorm'
import { expect, it } from 'vitest'

import { integer, queryRows, text } from '../src/query.ts'
import { type DueBatches, type InUnit, openDueBatches } from './due-batch.ts'
import { createTestBed, openStore } from './test-bed.ts'

// What runs cost the database, in what can be counted: nothing here is timed.

const bed = await createTestBed()

it.each([1, 50, 500])('claims %i runs in one statement under the locks, and settles them in two', async (size) => {
  const { sent, batches } = await openBatches(size)
  for (let round = 0; round < 2; round++) await batches.settle(await batches.claim(size))
  sent.length = 0

  const claimed = await batches.claim(size)
  const locks = ['scheduler', 'job', 'under_way']
  // The claim names what is settled, but reads it only where a cursor was moved back.
  expect(sent.map(inShort)).toEqual(['begin', ...locks, 'job, under_way, settled', 'commit'])
  sent.length = 0
  expect(await batches.settle(claimed)).toEqual(Array(size).fill('settled'))
  expect(sent.map(inShort).filter((statement) => !FOLDING.includes(statement))).toEqual([
    'begin',
    'under_way, settled',
    'run_tally_delta',
    'commit',
  ])
})

it('claims without the locks in one statement', async () => {
  const { sent, batches } = await openBatches(500)
  for (let round = 0; round < 2; round++) await batches.settle(await batches.claim(500))
  sent.length = 0
  await batches.claim(500, { lockJobs: false })
  expect(sent.map(inShort)).toEqual(['begin', 'job, under_way, settled', 'commit'])
})

it('folds what batches add to the counters in slices, once what sixteen batches add has gathered', async () => {
  const { dataSource, schema, sent, batches } = await openBatches(50)
  await settleDueTimes(batches, { size: 50, rounds: 15 })
  expect(sent.map(inShort).filter((each) => FOLDING.includes(each))).toEqual([])
  await settleDueTimes(batches, { size: 50, rounds: 32 })
  const folded = sent.map(inShort).filter((each) => FOLDING.includes(each))
  expect(folded.length).toBeGreaterThanOrEqual(3)
  // Two slices and the calls of all, for every sixteen batches. A batch may meet the turn of a minute.
  expect(folded.length).toBeLessThanOrEqual(12)
  const [{ left }] = await dataSource.query(`SELECT count(*)::int AS left FROM "${schema}".run_tally_delta`)
  expect(left).toBeLessThanOrEqual(1_000)
})

it('keeps four index entries of a settled run, one more where no due time asked for it, and one of an input', async () => {
  const { dataSource, schema } = await openBatches(1)
  const rows = await queryRows(
    dataSource,
    `SELECT i.inhrelid::regclass::text AS partition, pg_get_indexdef(x.indexrelid) AS index
     FROM pg_inherits AS i JOIN pg_index AS x ON x.indrelid = i.inhrelid
     WHERE i.inhparent = to_regclass($1)`,
    [`${schema}.settled`],
  )
  const partitions = Map.groupBy(rows, ({ partition }) => partition)
  expect(partitions.size).toBeGreaterThan(7)
  for (const indexes of partitions.values()) {
    expect(indexes.map(({ index }) => String(index).replace(/^.*USING /, '')).sort()).toEqual([
      'btree (id, settled_at)',
      'btree (scheduler, job, seq)',
      'btree (scheduler, seq)',
      "btree (scheduler, seq) WHERE (trigger <> 'schedule'::text)",
      'btree (scheduler, settled_at) WHERE (input IS NOT NULL)',
      'btree (settled_at)',
    ])
  }
})

it('reads nothing of what is settled, for 1,000 due times that are claimed and settled', async () => {
  const { schema, batches } = await openBatches(100)
  await settleDueTimes(batches, { size: 100, rounds: 20 })
  const read = new Set<string>()
  const watch: InUnit = async (session) => {
    const before = await countScans(session, schema)
    return async () => {
      for (const [table, scans] of await countScans(session, schema))
        if (scans > (before.get(table) ?? 0)) read.add(table)
    }
  }
  for (let round = 0; round < 10; round++) await batches.settle(await batches.claim(100, { inUnit: watch }), watch)
  expect(read).toContain('under_way')
  expect([...read].filter((table) => table.startsWith('settled'))).toEqual([])
})

it('reads a snapshot in one statement, which is planned once per connection and leaves other statements as they were', async () => {
  const { sent, batches, sessions, store } = await openBatches(50)
  await batches.settle(await batches.claim(50))
  const windowsMs = { recent: 86_400_000, last_hour: 3_600_000 }
  const read = { scheduler: 'due_batches', asOf: Date.now(), windowsMs }
  const inSnapshot = <T>(work: (session: EntityManager) => Promise<T>) =>
    sessions.withSession(work, { unit: 'snapshot', isOwn: true, readOnly: true })
  for (let round = 0; round < 8; round++) {
    sent.length = 0
    const { jobs } = await inSnapshot((session) => store.readMeasures(session, read))
    expect(jobs).toHaveLength(50)
    expect(sent.map(inShort)).toEqual(['begin', expect.stringMatching(/^run_tally_delta, call_tally_delta/), 'commit'])
  }
  const [plans, settings] = await inSnapshot(async (session) => {
    await store.readMeasures(session, read)
    const own = `statement LIKE '%run_delta AS MATERIALIZED%'`
    const plans = `SELECT (generic_plans > 5)::text AS once, custom_plans::text AS anew FROM pg_prepared_statements WHERE ${own}`
    const names = ['plan_cache_mode', 'enable_seqscan', 'enable_mergejoin', 'jit']
    const isDefault = names.map((name) => `SELECT setting = reset_val AS kept FROM pg_settings WHERE name = '${name}'`)
    return [await queryRows(session, plans), await queryRows(session, isDefault.join(' UNION '))]
  })
  expect(plans).toEqual([{ once: 'true', anew: '0' }])
  expect(settings).toEqual([{ kept: true }])
})

it('leaves no row of 10,000 settled runs under way', async () => {
  const { dataSource, schema, batches } = await openBatches(500)
  await settleDueTimes(batches, { size: 500, rounds: 20 })
  const count = (table: string) => `(SELECT count(*)::int FROM ${schema}.${table}) AS ${table}`
  const [counts] = await queryRows(dataSource, `SELECT ${count('under_way')}, ${count('settled')}`)
  expect(counts).toEqual({ under_way: 0, settled: 10_000 })
})

interface Batches {
  readonly dataSource: DataSource
  readonly schema: string
  readonly batches: DueBatches
  readonly sessions: SessionProvider<EntityManager>
  readonly store: Store<EntityManager>
  /** The texts that were sent to the server, each in a round trip of its own. */
  readonly sent: string[]
}

async function openBatches(jobs: number): Promise<Batches> {
  const sent: string[] = []
  const logger = new Proxy({} as Logger, { get: () => (query: string) => sent.push(query) })
  const dataSource = await bed.open({ poolSize: 1, settings: { logging: true, logger } })
  const { schema, sessions, store } = await openStore(dataSource)
  const batches = await openDueBatches({ sessions, store, jobs })
  return { dataSource, schema, batches, sessions, store, sent }
}

async function settleDueTimes(
  batches: DueBatches,
  { size, rounds }: { readonly size: number; readonly rounds: number },
) {
  for (let round = 0; round < rounds; round++) {
    expect(await batches.settle(await batches.claim(size))).toEqual(Array(size).fill('settled'))
  }
}

/** A statement by the tables that it names, in their order. */
function inShort(statement: string): string {
  if (statement.startsWith('START TRANSACTION')) return 'begin'
  if (statement === 'COMMIT') return 'commit'
  const tables = [...statement.matchAll(/"s_\w+"\.(\w+)/g)].map(([, table]) => table)
  return tables.length > 0 ? [...new Set(tables)].join(', ') : (/pg_\w+/.exec(statement)?.[0] ?? statement)
}

/** The statements that move what batches have added into the totals. */
const FOLDING = ['pg_try_advisory_xact_lock', 'run_tally_delta, job_stat, run_tally', 'call_tally_delta, call_tally']

/** How often this connection has scanned each table, or an index of it. The server counts on until the unit ends. */
async function countScans(session: EntityManager, schema: string): Promise<ReadonlyMap<string, number>> {
  const rows = await queryRows(
    session,
    `SELECT relname::text AS "table", (seq_scan + coalesce(idx_scan, 0))::text AS scans
     FROM pg_stat_xact_user_tables WHERE schemaname = $1`,
    [schema],
  )
  return new Map(rows.map((row) => [text(row, 'table'), integer(row, 'scans')]))
}
