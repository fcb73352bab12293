import { createTestDatabase } from '@pm/embedded-postgres/vitest'
import { silentLogger } from '@pm/scheduler-core'
import { createTypeormSessions } from '@pm/scheduler-typeorm'
import { afterAll, describe, expect, test } from 'vitest'

import { createMemoryTokenStore } from '../../test/memory-token-store.ts'
import { connectDatabase } from '../database/connect.ts'
import { migrateDatabase } from '../database/migrate.ts'
import { createSqlTokenStore } from './token-store.ts'

const database = await createTestDatabase()
const dataSource = await connectDatabase({ url: database.url, logger: silentLogger })
await migrateDatabase(dataSource)
afterAll(async () => {
  await dataSource.destroy()
  await database.drop()
})

const NOON = new Date('2026-11-30T12:00:00.000Z')
const LATER = new Date('2026-11-30T13:00:00.000Z')

describe.each([
  ['the table', createSqlTokenStore(createTypeormSessions(dataSource))],
  ['memory', createMemoryTokenStore()],
])('the tokens in %s', (_, store) => {
  test('are found as they were added', async () => {
    await store.add({ hash: 'a', account: 'anna', expiresAt: LATER }, NOON)
    expect(await store.find('a')).toEqual({ hash: 'a', account: 'anna', expiresAt: LATER })
    expect(await store.find('b')).toBeNull()
  })

  test('are taken by one of many at the same time', async () => {
    await store.add({ hash: 'once', account: 'anna', expiresAt: LATER }, NOON)
    const taken = await Promise.all(Array.from({ length: 8 }, () => store.take('once')))
    expect(taken.filter((token) => token !== null)).toEqual([{ hash: 'once', account: 'anna', expiresAt: LATER }])
    expect(await store.find('once')).toBeNull()
  })

  test('of one account are removed, and of no other', async () => {
    for (const hash of ['x', 'y']) await store.add({ hash, account: 'ben', expiresAt: LATER }, NOON)
    await store.add({ hash: 'z', account: 'anna', expiresAt: LATER }, NOON)
    await store.removeAll('ben')
    expect([await store.find('x'), await store.find('y')]).toEqual([null, null])
    expect(await store.find('z')).not.toBeNull()
  })

  test('that have expired are forgotten at the next that is added', async () => {
    await store.add({ hash: 'old', account: 'anna', expiresAt: NOON }, new Date(0))
    await store.add({ hash: 'new', account: 'anna', expiresAt: LATER }, NOON)
    expect([await store.find('old'), (await store.find('new'))?.hash]).toEqual([null, 'new'])
  })
})
