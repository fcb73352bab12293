import { createTestDatabase } from '@pm/embedded-postgres/vitest'
import pg, { type PoolClient } from 'pg'
import { afterAll, describe, expect, test } from 'vitest'

import { type CreateQuoteTablesHarness, describeQuoteTables } from '../src/conformance/index.ts'
import { quoteAt } from '../src/conformance/quote-tables-scene.ts'
import { createQuoteTables, type QuoteLayout, quoteTablesMigration } from '../src/index.ts'
import { query, sessionsOn } from './pg-host.ts'

const database = await createTestDatabase()
const admin = new pg.Pool({ connectionString: database.url, max: 1 })
let schemas = 0

afterAll(async () => {
  await admin.end()
  await database.drop()
})

/** A pool whose tables are in a schema of their own. */
async function openPool(config: pg.PoolConfig = {}) {
  const schema = `test_${++schemas}`
  await admin.query(`CREATE SCHEMA ${schema}`)
  const options = `-c search_path=${schema}`
  return { schema, pool: new pg.Pool({ connectionString: database.url, max: 4, options, ...config }) }
}

interface Host {
  readonly layout?: QuoteLayout
  readonly scope?: string
  /** The host's own statements that make the tables (default those of the library). */
  readonly up?: readonly string[]
  readonly pool?: pg.PoolConfig
}

function harness(host: Host | ((schema: string) => Host)): CreateQuoteTablesHarness<PoolClient> {
  return async ({ dueBy }) => {
    const { schema, pool } = await openPool(typeof host === 'object' ? host.pool : {})
    const { layout, scope, up } = typeof host === 'function' ? host(schema) : host
    for (const statement of up ?? quoteTablesMigration(layout).up) await pool.query(statement)
    return {
      sessions: sessionsOn(pool),
      tables: createQuoteTables({ query, dueBy, ...(layout && { layout }), ...(scope !== undefined && { scope }) }),
      close: () => pool.end(),
    }
  }
}

describeQuoteTables('as the library makes them', harness({}))

/** Parsers with which a host may replace those of its driver. */
const types = { getTypeParser: () => (text: string) => text }
describeQuoteTables(
  'with a scope, by a driver that parses nothing',
  harness({ layout: { scope: 'tenant' }, scope: "O'Neil", pool: { types } }),
)

describeQuoteTables(
  'that the host has made and named',
  harness((schema) => ({
    layout: {
      names: { quotes: `${schema}.prices`, feeds: `${schema}.latest_prices` },
      columns: { symbol: 'ticker', eventTime: 'priced_at', late: 'late_spans' },
    },
    up: [
      `CREATE TABLE ${schema}.prices (
         id bigint GENERATED ALWAYS AS IDENTITY, ticker text NOT NULL, priced_at timestamptz NOT NULL, provider text NOT NULL,
         event_time_precision text NOT NULL, price numeric NOT NULL, currency text NOT NULL, previous_close numeric,
         volume numeric, fetched_at timestamptz NOT NULL, UNIQUE (ticker, priced_at, provider))`,
      `CREATE TABLE ${schema}.latest_prices (
         ticker text, provider text, price numeric, currency text, priced_at timestamptz, event_time_precision text,
         name text, previous_close numeric, volume numeric, instrument_type text, exchange text, timezone text,
         market_state text, delay_ms integer, extended_session text, extended_price numeric,
         extended_event_time timestamptz, due_by timestamptz, since timestamptz NOT NULL, fetched_at timestamptz,
         changed_at timestamptz, asked_at timestamptz, answered_at timestamptz, refused_at timestamptz,
         missing_since timestamptz, refused_code text, refused_until timestamptz, unanswered_asks integer NOT NULL DEFAULT 0,
         late_spans bigint[] NOT NULL DEFAULT '{}', noted text DEFAULT 'by us', PRIMARY KEY (provider, ticker))`,
    ],
  })),
)

describe('a save', () => {
  test('of 10,000 quotes is two statements, and of a few symbols one, in every quote of which all is sent', async () => {
    const sent: string[] = []
    const tables = createQuoteTables<null>({
      query: async (_session, sql) => {
        sent.push(sql)
        return []
      },
    })
    await tables.save(
      null,
      Array.from({ length: 10_000 }, (_, at) => quoteAt({ symbol: `S${at}` })),
    )
    expect(sent).toHaveLength(2)
    await tables.save(null, [quoteAt(), quoteAt({ symbol: 'B' })])
    expect(sent).toHaveLength(3)
  })

  test('keeps the time of the first fetch of a price, and corrects the price', async () => {
    const { pool } = await openPool()
    for (const statement of quoteTablesMigration().up) await pool.query(statement)
    const tables = createQuoteTables({ query })
    const save = (...quotes: Parameters<typeof tables.save>[1]) =>
      sessionsOn(pool).withSession((session) => tables.save(session, quotes))
    await save(quoteAt(), quoteAt({ provider: 'second', price: '5' }))
    await save(quoteAt({ price: '189.6', fetchedAt: quoteAt().fetchedAt + 1 }))
    const { rows } = await pool.query('SELECT provider, price, fetched_at FROM quotes ORDER BY provider')
    const fetched_at = new Date(quoteAt().fetchedAt)
    expect(rows).toEqual([
      { provider: 'first', price: '189.6', fetched_at },
      { provider: 'second', price: '5', fetched_at },
    ])
    for (const statement of quoteTablesMigration().down) await pool.query(statement)
    await pool.end()
  })

  test('of two scopes keeps them apart', async () => {
    const { pool } = await openPool()
    const layout = { scope: 'market_data' }
    for (const statement of quoteTablesMigration(layout).up) await pool.query(statement)
    const [live, replay] = ['live', 'replay'].map((scope) => createQuoteTables({ query, layout, scope }))
    const latest = await sessionsOn(pool).withSession(async (session) => {
      await live?.save(session, [quoteAt({ price: '1' })])
      await replay?.save(session, [quoteAt({ price: '2' })])
      return [await live?.latest(session, ['AAPL']), await replay?.latest(session, ['AAPL'])]
    })
    expect(latest).toMatchObject([[{ price: '1' }], [{ price: '2' }]])
    await pool.end()
  })
})

test('without a `dueBy` nobody knows of lateness', async () => {
  const row = {
    symbol: 'AAPL',
    provider: 'p',
    numbers: '1,2,2,2,2,2,,,,0,',
    facts: '\u001f'.repeat(7),
    late: '',
    extended: null,
  }
  const load = async (dueBy?: () => number) => {
    const tables = createQuoteTables<null>({ query: async () => [row], ...(dueBy && { dueBy }) })
    return (await tables.loadFeeds(null, { symbols: ['AAPL'], providers: [] }))[0]?.lateness
  }
  expect(await load()).toBeNull()
  // The hours of its market are unknown.
  expect(await load(() => 5)).toBeNull()
})

describe('what is wrong is refused', () => {
  const invalid = expect.objectContaining({ code: 'INVALID_OPTIONS' })
  const LAYOUTS: QuoteLayout[] = [
    { names: { quotes: 'quotes; DROP TABLE quotes' } },
    { names: { feeds: 'Feeds' } },
    { columns: { symbol: 'a b' } },
    { columns: { symbol: 'price' } },
    { columns: { colour: 'red' } as never },
    { scope: 'price' },
    { scope: '' },
  ]
  test.each(LAYOUTS)('a layout such as %o', (layout) => {
    expect(() => quoteTablesMigration(layout)).toThrow(invalid)
  })

  test('a scope without its column, and the reverse', () => {
    expect(() => createQuoteTables({ query, scope: 'live' })).toThrow(invalid)
    expect(() => createQuoteTables({ query, layout: { scope: 'kind' } })).toThrow(invalid)
  })

  test.each([
    [{ symbol: 'A' }, 'provider'],
    [{ symbol: 'A', provider: 'p', numbers: 'x', facts: '', late: '', extended: null }, 'numbers'],
    [{ symbol: 'A', provider: 'p', numbers: '', facts: '', late: '1', extended: null }, 'late'],
    ['text', 'row'],
  ])('a row such as %o', async (row, where) => {
    const tables = createQuoteTables<null>({ query: async () => [row], dueBy: () => 1 })
    const loading = tables.loadFeeds(null, { symbols: ['A'], providers: [] })
    await expect(loading).rejects.toMatchObject({ code: 'STORE_CORRUPT', details: { where } })
  })
})
