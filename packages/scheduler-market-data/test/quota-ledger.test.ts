import { createTestDatabase } from '@pm/embedded-postgres/vitest'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'

import {
  createAlphaVantageProvider,
  createMemoryQuotaLedger,
  createSqlQuotaLedger,
  quotaLedgerTable,
} from '../src/index.ts'
import { ask } from './ask.ts'
import { query, sessionsOn } from './pg-host.ts'
import { describeQuotaLedger } from './quota-ledger-suite.ts'

const NOW = Date.UTC(2025, 8, 16)

const database = await createTestDatabase()
const pool = new pg.Pool({ connectionString: database.url, max: 8 })
await pool.query(quotaLedgerTable())

afterAll(async () => {
  await pool.end()
  await database.drop()
})

const sessions = sessionsOn(pool)

describe('in memory', () => {
  const shared = createMemoryQuotaLedger()
  describeQuotaLedger(() => shared)
})

describe('in PostgreSQL', () => {
  describeQuotaLedger(() => createSqlQuotaLedger({ sessions, query }))

  test('in a table that the host chooses, whose name cannot inject SQL', async () => {
    await pool.query('CREATE SCHEMA limits')
    await pool.query(quotaLedgerTable('limits.quota'))
    await pool.query(quotaLedgerTable('limits.quota'))
    const ledger = createSqlQuotaLedger({ sessions, query, table: 'limits.quota' })
    expect((await ledger.reserve({ provider: 'p', limit: 1, now: 0, heldUntil: 1 })).granted).toBe(true)
    for (const table of ['quota; DROP TABLE quota', 'Quota', '', 'a.b.c']) {
      expect(() => quotaLedgerTable(table)).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS' }))
    }
  })
})

/** Parsers with which hosts may replace those of `bigint` and its arrays for the whole process. */
const PARSERS: readonly (readonly [string, (text: string) => unknown])[] = [
  ['text', String],
  ['numbers', (text) => text.match(/\d+/g)?.map(Number) ?? []],
  ['BigInt', (text) => text.match(/\d+/g)?.map(BigInt) ?? []],
  ['an unreadable value', Symbol],
]

describe.each(PARSERS)('in PostgreSQL, where bigint[] is read as %s', async (name, parse) => {
  const types = { getTypeParser: (oid: number) => (oid === pg.types.builtins.TEXT ? String : parse) }
  const host = new pg.Pool({ connectionString: database.url, max: 8, types })
  afterAll(() => host.end())
  const table = `quota_${name.replaceAll(' ', '_').toLowerCase()}`
  await pool.query(quotaLedgerTable(table))

  describeQuotaLedger(() => createSqlQuotaLedger({ sessions: sessionsOn(host), query, table }))
})

describe('a corrupt row', () => {
  const ledger = createSqlQuotaLedger({ sessions, query })
  test.each([
    ['ARRAY[NULL]::bigint[]', '"[null]"'],
    ['ARRAY[9007199254740993]', '"[9007199254740993]"'],
  ])('of %s is refused with STORE_CORRUPT, and nothing is granted', async (held, value) => {
    const provider = held
    await pool.query(`INSERT INTO market_data_quota VALUES ($1, ${held})`, [provider])
    const corrupt = { code: 'STORE_CORRUPT', details: { where: 'held_until', value } }
    await expect(ledger.read({ provider, now: NOW })).rejects.toMatchObject(corrupt)
    await expect(ledger.reserve({ provider, limit: 0, now: NOW, heldUntil: NOW + 1 })).rejects.toMatchObject(corrupt)
  })

  test('from a host’s query with an unexpected answer is refused, too', async () => {
    const other = createSqlQuotaLedger({ sessions, query: async () => [{ held: '[]' }] })
    await expect(other.read({ provider: 'p', now: NOW })).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
      details: { where: 'held_until', value: 'undefined' },
    })
  })
})

test('nothing is sent while the ledger does not answer, since the quota cannot be counted', async () => {
  let sent = 0
  const away = () => Promise.reject(new Error('the store is away'))
  const provider = createAlphaVantageProvider({
    ...{ apiKey: 'k', paceMs: 0, quotaLedger: { reserve: away, settle: away, read: away } },
    fetch: async () => {
      sent++
      return Response.json({})
    },
  })
  await provider.refreshLimits?.()
  for (const _ of [1, 2, 3, 4, 5]) {
    expect((await ask(provider, ['AAPL'])).results).toEqual([
      { kind: 'failed', symbol: 'AAPL', code: 'QUOTA_UNAVAILABLE' },
    ])
  }
  expect([sent, provider.readLimits?.()]).toMatchObject([0, { quotaRemaining: 25, circuit: 'closed' }])
})

test('a quota that needs too many ledger entries is refused', () => {
  const options = { apiKey: 'k', quota: { perDay: 10_001 }, quotaLedger: createMemoryQuotaLedger() }
  expect(() => createAlphaVantageProvider(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS' }))
})
