import { beforeAll, expect, it } from 'vitest'

import { createTestBed, openStore } from '../../test/test-bed.ts'
import { makePartitions } from '../migrations/partitions.ts'
import { tableNames } from '../sql/names.ts'
import { DAY_MS } from '../sql/partitions.ts'
import { type EntryFilter, selectEntries } from '../sql/select-entries.ts'

const bed = await createTestBed()
const dataSource = await bed.open()
const { schema } = await openStore(dataSource)
const names = tableNames(schema)

// Noon: a day that ends a few rows into a partition would make that one cheaper to read whole.
const NOW = Date.UTC(2026, 0, 30, 12)
const DAYS = 20
const RUNS_A_DAY = 1_000
const PAGE = 50

/** For twenty days: a thousand runs a day, of which one is manual, and an instance for each day. */
beforeAll(async () => {
  for (let day = DAYS; day >= 0; day -= 8)
    await dataSource.transaction((session) => makePartitions(session, names, NOW - day * DAY_MS))
  await dataSource.query(
    `INSERT INTO ${names.settled} (seq, id, scheduler, job, kind, state, trigger, attempt, fence, owner, started_at,
       lease_until, settled_at)
     SELECT n, gen_random_uuid(), 'mine', 'poll', 'run', 'succeeded',
       CASE WHEN n % $2::int = 0 THEN 'manual' ELSE 'schedule' END, 1, 1, 'day-' || (n - 1) / $2::int, at, at, at
     FROM (
       SELECT n, to_timestamp(($1::float8 - ($3::int * $2::int - n)::float8 * ${DAY_MS} / $2::int) / 1000) AS at
       FROM generate_series(1, $3::int * $2::int) AS n
     ) AS runs`,
    [NOW, RUNS_A_DAY, DAYS],
  )
  await dataSource.query(
    `INSERT INTO ${names.instance} (scheduler, instance, first_seen_at, last_seen_at, lease_ms)
     SELECT 'mine', owner, min(settled_at), max(settled_at), 30000 FROM ${names.settled} GROUP BY owner`,
  )
  await dataSource.query('VACUUM ANALYZE')
})

it('reads no more than the page to find the few runs that somebody asked for', async () => {
  expect(await costOf('triggers', ['manual'])).toMatchObject({ found: DAYS, passedOver: 0 })
  expect(await costOf('triggers', ['rerun', 'backfill'])).toMatchObject({ found: 0, passedOver: DAYS })
})

it('reads no day from before an instance to find its runs', async () => {
  const newest = await costOf('instance', `day-${DAYS - 1}`)
  // Its own day reaches into two partitions, and a day before is for clocks that differ.
  expect(newest.found).toBe(PAGE)
  expect(newest.days).toBeLessThanOrEqual(3)
  expect(newest.passedOver).toBeLessThan(3 * RUNS_A_DAY)
})

it('finds the runs of an instance whose heartbeats were pruned', async () => {
  await dataSource.query(`DELETE FROM ${names.instance} WHERE instance = 'day-0'`)
  expect((await costOf('instance', 'day-0')).found).toBe(PAGE)
})

interface PlanNode {
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Relation Name'?: string
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly PlanNode[]
}

/** What a page costs: the rows that it finds and those that it reads in vain, and the partitions with rows it reads. */
async function costOf(filter: EntryFilter, value: unknown) {
  const explain = `EXPLAIN (ANALYZE, FORMAT JSON) ${selectEntries(names, [filter])}`
  const [row] = await dataSource.query(explain, ['mine', PAGE, value])
  const root: PlanNode = row['QUERY PLAN'][0].Plan
  const scans = nodesOf(root).filter((node) => node['Relation Name']?.startsWith('settled') && node['Actual Loops'] > 0)
  const passedOver = scans.map((node) => node['Rows Removed by Filter'] ?? 0)
  return {
    found: root['Actual Rows'],
    passedOver: passedOver.reduce((sum, rows) => sum + rows, 0),
    days: scans.filter((node, index) => node['Actual Rows'] + (passedOver[index] ?? 0) > 0).length,
  }
}

function nodesOf(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}
