import { describeStore } from '@pm/scheduler-testing/conformance'
import pg from 'pg'
import type { DataSource, EntityManager } from 'typeorm'
import { describe, expect, it, onTestFinished } from 'vitest'

import { createTypeormSessions, createTypeormStore } from '../src/index.ts'
import { AS_EVER, INT8_ARRAY, MANNERS, nothingAsItWas } from './parsers/manners.ts'
import { readEverything, tellStory } from './parsers/tell-story.ts'
import { createStoreShelf } from './store-shelf.ts'
import { createTestBed, openStore } from './test-bed.ts'

const bed = await createTestBed()
const dataSource = await bed.open()
const plain = await openStore(dataSource)
/** What the store answers where pg and the server are as they come. */
const told = await tellStory(plain)

it('has a story in which no column of any table stays empty', async () => {
  const columns: { table: string; column: string }[] = await dataSource.query(
    // A partition has the columns of its table, and none of its own.
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns
     WHERE table_schema = $1 AND NOT EXISTS (
       SELECT FROM pg_class
       WHERE relispartition AND relnamespace = $1::regnamespace AND relname = table_name
     )`,
    [plain.schema],
  )
  expect(columns.length).toBeGreaterThan(100)
  const empty: string[] = []
  for (const { table, column } of columns) {
    const [{ filled }] = await dataSource.query(`SELECT count(${column})::int AS filled FROM ${plain.schema}.${table}`)
    if (filled === 0) empty.push(`${table}.${column}`)
  }
  expect(empty).toEqual([])
})

it.each(MANNERS)('answers the same with $name', async ({ settings }) => {
  const host = await bed.open({ poolSize: 2, settings })
  onTestFinished(() => host.destroy())
  expect(await tellStory(await openStore(host))).toEqual(told)
  expect(await readEverything(storeOn(host, plain.schema))).toEqual(told.read)
})

it.each([true, false])(
  'answers the same with parseInt8: %s, which TypeORM sets for the whole process',
  async (parseInt8) => {
    const [int8, int8Array] = [pg.types.getTypeParser(20), pg.types.getTypeParser(INT8_ARRAY)]
    onTestFinished(() => {
      pg.types.setTypeParser(20, int8)
      pg.types.setTypeParser(INT8_ARRAY, int8Array)
    })
    const host = await bed.open({ poolSize: 2, settings: { parseInt8 } })
    onTestFinished(() => host.destroy())
    expect(await host.query('SELECT 1::int8 AS n')).toEqual([{ n: parseInt8 ? 1 : '1' }])
    expect(await tellStory(await openStore(host))).toEqual(told)
  },
)

describe('where no parser and no format is as it was', async () => {
  const seen = new Set<number>()
  const host = await bed.open({ settings: nothingAsItWas((oid) => seen.add(oid)) })
  // TypeORM has asked for the names of the database and its schema.
  seen.clear()
  const shelf = createStoreShelf(host)
  const createHarness = async () => ({ ...(await shelf.take()), concurrentUnits: 10 })

  describeStore<EntityManager>('PostgreSQL through TypeORM', createHarness, { histories: 2, snapshots: 20 })

  it('has seen no answer of the server in any other type than text', () => {
    expect([...seen].filter((oid) => !AS_EVER.includes(oid))).toEqual([])
  })
})

function storeOn(on: DataSource, schema: string) {
  return { sessions: createTypeormSessions(on), store: createTypeormStore({ schema }) }
}
