import { createTestDatabase } from '@pm/embedded-postgres/vitest'
import { silentLogger } from '@pm/scheduler-core'
import { expect, test } from 'vitest'

import { readPositions } from '../portfolio/read-positions.ts'
import { StoredQuoteEntity } from '../portfolio/stored-quote.ts'
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
  const row = {
    symbol: 'AAPL',
    currency: 'USD',
    provider: 'yahoo_finance',
    fetchedAt: new Date('2026-11-24T12:00:00.000Z'),
    eventTimePrecision: 'exact' as const,
    marketData: 'replay' as const,
  }
  await source.getRepository(StoredQuoteEntity).insert([
    { ...row, eventTime: new Date('2018-05-11T20:00:00.000Z'), price: '188.59' },
    { ...row, eventTime: new Date('2018-05-10T20:00:00.000Z'), price: '190.04' },
    { ...row, marketData: 'live', eventTime: new Date('2026-11-24T15:00:00.000Z'), price: '300' },
  ])
  const positions = await readPositions(source.manager, 'replay')
  expect(positions.map(({ symbol, quote }) => [symbol, quote?.price ?? null])).toEqual([
    ['AAPL', '188.59'],
    ['BZ=F', null],
    ['CL=F', null],
    ['NG=F', null],
    ['VOD.L', null],
  ])
  expect(positions[0]?.quote?.fetchedAt).toEqual(row.fetchedAt)
  // The feed of the same provider was fetched again since; another provider's feed is no news of this price.
  const lastFetch = new Date('2026-11-24T12:15:00.000Z')
  for (const [provider, fetched] of [
    ['yahoo_finance', lastFetch],
    ['alpha_vantage', new Date('2026-11-24T13:00:00.000Z')],
  ] as const) {
    await source.query(
      `INSERT INTO feeds (market_data, provider, symbol, price, event_time, fetched_at, changed_at, since)
       VALUES ('replay', $1, 'AAPL', 188.59, '2018-05-11T20:00:00.000Z', $2, $2, $2)`,
      [provider, fetched],
    )
  }
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
