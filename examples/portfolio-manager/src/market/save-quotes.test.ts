import { createTestDatabase } from '@pm/embedded-postgres/vitest'
import { silentLogger } from '@pm/scheduler-core'
import type { Quote } from '@pm/scheduler-market-data'
import { afterAll, expect, test } from 'vitest'

import { connectDatabase } from '../database/connect.ts'
import { migrateDatabase } from '../database/migrate.ts'
import { saveQuotes } from './save-quotes.ts'

const database = await createTestDatabase()
const source = await connectDatabase({ url: database.url, logger: silentLogger })
await migrateDatabase(source)

afterAll(async () => {
  await source.destroy()
  await database.drop()
})

const at = (time: string) => Date.parse(`2025-09-16T${time}Z`)

function save(quote: Partial<Quote>): Promise<void> {
  const base = {
    symbol: 'AAPL',
    price: '189.5',
    currency: 'USD',
    provider: 'yahoo_finance',
    eventTimePrecision: 'exact',
  } as const
  const instrument = { type: null, exchange: null, timezone: null, marketState: null, delayMs: null }
  const nothing = { name: null, previousClose: null, volume: null, instrument, extended: null }
  const extras = { ...nothing, eventTime: at('14:00'), fetchedAt: at('14:01') }
  return source.transaction((manager) => saveQuotes('live')(manager, [{ ...base, ...extras, ...quote }]))
}

async function feed(): Promise<Record<string, string>> {
  const [row] = await source.query<Record<string, Date>[]>(
    "SELECT event_time, fetched_at, changed_at, since FROM feeds WHERE provider = 'yahoo_finance'",
  )
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, time]) => [name, time.toISOString().slice(11, 16)]))
}

test('a feed stores the latest price of its provider, the time of the last fetch, and since when the value is unchanged', async () => {
  await save({})
  expect(await feed()).toEqual({ event_time: '14:00', fetched_at: '14:01', changed_at: '14:01', since: '14:01' })

  // The same price of the same instant, fetched again: only the time of the fetch changes.
  await save({ fetchedAt: at('14:16') })
  expect(await feed()).toEqual({ event_time: '14:00', fetched_at: '14:16', changed_at: '14:01', since: '14:01' })

  await save({ eventTime: at('14:30'), fetchedAt: at('14:31') })
  expect(await feed()).toMatchObject({ event_time: '14:30', changed_at: '14:01' })
  await save({ eventTime: at('14:45'), fetchedAt: at('14:46'), price: '-1.5' })
  expect(await feed()).toMatchObject({ event_time: '14:45', changed_at: '14:46' })

  // Older than the known price: only the time of the fetch changes.
  await save({ eventTime: at('13:00'), fetchedAt: at('15:01'), price: '7' })
  expect(await feed()).toEqual({ event_time: '14:45', fetched_at: '15:01', changed_at: '14:46', since: '14:01' })

  const quotes = await source.query<{ fetched_at: Date }[]>('SELECT fetched_at FROM quotes ORDER BY event_time')
  const fetched = quotes.map(({ fetched_at }) => fetched_at.toISOString().slice(11, 16))
  expect(fetched).toEqual(['15:01', '14:01', '14:31', '14:46'])
})
