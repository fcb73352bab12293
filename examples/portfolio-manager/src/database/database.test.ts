import { createTestDatabase } from '@pm/embedded-postgres/vitest'
import { silentLogger } from '@pm/scheduler-core'
import { createVenues, type Quote } from '@pm/scheduler-market-data'
import { expect, test } from 'vitest'
import { freshnessRules } from '../market/freshness-rules.ts'
import { quoteTables } from '../market/quote-tables.ts'
import { readPositions } from '../portfolio/read-positions.ts'
import type { MarketDataKind } from '../portfolio/stored-quote.ts'
import { UserError } from '../user-error.ts'
import { connectDatabase } from './connect.ts'
import { migrateDatabase } from './migrate.ts'

const logger = silentLogger

test('instances that start together migrate once, and a later start finds nothing to do', async () => {
  await using database = await createTestDatabase()
  const sources = await Promise.all([1, 2, 3].map(() => connectDatabase({ url: database.url, logger })))
  const migrated = await Promise.all(sources.map(migrateDatabase))
  expect(migrated.sort()).toEqual([0, 0, 4])
  expect(await Promise.all(sources.map(migrateDatabase))).toEqual([0, 0, 0])
  await Promise.all(sources.map((source) => source.destroy()))
})

test('the tables match the entities', async () => {
  await using database = await createTestDatabase()
  const source = await connectDatabase({ url: database.url, logger })
  await migrateDatabase(source)
  const pending = await source.driver.createSchemaBuilder().log()
  expect(pending.upQueries.map(({ query }) => query)).toEqual([])
  await source.destroy()
})

test('a position has its latest quote of its kind, by the time of the price, or none', async () => {
  await using database = await createTestDatabase()
  const source = await connectDatabase({ url: database.url, logger })
  await migrateDatabase(source)
  const save = (marketData: MarketDataKind, ...quotes: readonly Partial<Quote>[]) => {
    const ruleOf = freshnessRules({ marketData, intervalSeconds: 900 })
    const tables = quoteTables({ marketData, ruleOf, venues: createVenues() })
    return tables.save(source.manager, quotes.map(quoteWith))
  }
  const newest = { eventTime: Date.parse('2018-05-11T20:00:00.000Z'), price: '188.59' }
  const older = { eventTime: Date.parse('2018-05-10T20:00:00.000Z'), price: '190.04' }
  await save('replay', newest, older)
  await save('live', { eventTime: Date.parse('2026-11-24T15:00:00.000Z'), price: '300' })
  const positions = await readPositions(source.manager, 'replay')
  expect(positions.map(({ symbol, quote }) => [symbol, quote?.price ?? null])).toEqual([
    ['AAPL', '188.59'],
    ['BZ=F', null],
    ['CL=F', null],
    ['NG=F', null],
    ['VOD.L', null],
  ])
  expect(positions[0]?.quote?.fetchedAt).toEqual(new Date(quoteWith({}).fetchedAt))
  // It was fetched again since; an older price of another provider is no news of it.
  const lastFetch = new Date('2026-11-24T12:15:00.000Z')
  await save('replay', { ...newest, fetchedAt: lastFetch.getTime() })
  await save('replay', { ...older, provider: 'alpha_vantage', fetchedAt: lastFetch.getTime() + 1 })
  const [apple] = await readPositions(source.manager, 'replay')
  expect(apple?.quote).toMatchObject({ price: '188.59', provider: 'yahoo_finance', fetchedAt: lastFetch })
  expect(positions[2]).toEqual({
    symbol: 'CL=F',
    name: 'WTI crude oil',
    unit: 'barrels',
    quantity: '150.5',
    currency: 'USD',
    quote: null,
  })
  await source.destroy()
})

test.each([
  ['nobody listens', 'postgres://pm:hunter22@127.0.0.1:1/portfolio', '127.0.0.1:1/portfolio', 'ECONNREFUSED'],
  ['the host has no address', 'postgres://pm:hunter22@db.invalid/portfolio', 'db.invalid:5432/portfolio', 'db.invalid'],
])('when %s, the message names the server and the reason but not the password', async (_, url, place, reason) => {
  const error = await connectDatabase({ url, logger }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UserError)
  expect(String(error)).toContain(place)
  expect(String(error)).toContain(reason)
  expect(String(error)).not.toContain('hunter22')
})

test('a database that does not exist is named', async () => {
  await using database = await createTestDatabase()
  const url = new URL(database.url)
  url.pathname = '/not_there'
  await expect(connectDatabase({ url: url.href, logger })).rejects.toThrow(/\/not_there.*does not exist/)
})

function quoteWith(change: Partial<Quote>): Quote {
  return {
    symbol: 'AAPL',
    price: '300',
    currency: 'USD',
    provider: 'yahoo_finance',
    eventTime: 0,
    eventTimePrecision: 'exact',
    fetchedAt: Date.parse('2026-11-24T12:00:00.000Z'),
    name: null,
    previousClose: null,
    volume: null,
    instrument: { type: null, exchange: null, timezone: null, marketState: null, delayMs: null },
    extended: null,
    ...change,
  }
}
