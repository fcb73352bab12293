import { createTestDatabase } from '@pm/embedded-postgres/vitest'
import type { SessionProvider } from '@pm/scheduler-core'
import { Pool, type PoolClient } from 'pg'
import { afterAll, describe, expect, test } from 'vitest'

import {
  createAlphaVantageProvider,
  createMemoryQuotaLedger,
  createSqlQuotaLedger,
  quotaLedgerTable,
} from '../src/index.ts'
import { ask } from './ask.ts'
import { describeQuotaLedger } from './quota-ledger-suite.ts'

const database = await createTestDatabase()
const pool = new Pool({ connectionString: database.url, max: 8 })
await pool.query(quotaLedgerTable())

afterAll(async () => {
  await pool.end()
  await database.drop()
})

/** Sessions as a host without any library would have them. */
const sessions: SessionProvider<PoolClient> = {
  async withSession(work) {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      const result = await work(client)
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    } finally {
      client.release()
    }
  },
}
const query = async (client: PoolClient, sql: string, values: readonly unknown[]) =>
  (await client.query(sql, [...values])).rows

describe('in memory', () => {
  const shared = createMemoryQuotaLedger()
  describeQuotaLedger(() => shared)
})

describe('in PostgreSQL', () => {
  describeQuotaLedger(() => createSqlQuotaLedger({ sessions, query }))

  test('in a table of the host’s choice, and in no other way than as a name', async () => {
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

test('while the ledger does not answer nothing is sent: a quota that cannot be counted is none to spend', async () => {
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
  expect([sent, provider.readLimits?.()]).toEqual([0, { quotaRemaining: 25, circuit: 'closed' }])
})

test('a quota that a ledger would have to hold in too many entries is refused', () => {
  const options = { apiKey: 'k', quota: { perDay: 10_001 }, quotaLedger: createMemoryQuotaLedger() }
  expect(() => createAlphaVantageProvider(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS' }))
})
