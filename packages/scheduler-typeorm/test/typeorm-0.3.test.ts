import { describeSessionProvider, describeStore } from '@pm/scheduler-testing/conformance'
import type { EntityManager } from 'typeorm'
import { DataSource } from 'typeorm-0.3'
import { describe, expect, it } from 'vitest'

import { assertSchema, createTypeormSessions, migrateScheduler, schedulerMigrations } from '../src/index.ts'
import { createStoreShelf } from './store-shelf.ts'
import { createTestBed, dataSourceOptions, poolOf } from './test-bed.ts'

const bed = await createTestBed()
const dataSource = await bed.open({ DataSource })
const shelf = createStoreShelf(dataSource)
await dataSource.query('CREATE TABLE note (key text)')

describe('with the oldest TypeORM', () => {
  describeStore<EntityManager>(
    'PostgreSQL through TypeORM 0.3',
    async () => ({ ...(await shelf.take()), concurrentUnits: 10 }),
    { histories: 3 },
  )

  describeSessionProvider<EntityManager>('PostgreSQL through TypeORM 0.3', async () => {
    await dataSource.query('TRUNCATE note')
    return {
      sessions: createTypeormSessions(dataSource),
      concurrentUnits: 10,
      write: (session, key) => session.query('INSERT INTO note VALUES ($1)', [key]),
      read: async (session) => (await session.query('SELECT key FROM note')).map(({ key }: { key: string }) => key),
      busyConnections: () => poolOf(dataSource).busy,
      close: () => Promise.resolve(),
    }
  })

  it('gives a new backend after one that was terminated, and names a session that is kept', async () => {
    const sessions = createTypeormSessions(dataSource)
    const killed = sessions.withSession((session) => session.query('SELECT pg_terminate_backend(pg_backend_pid())'))
    await expect(killed).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    const [kept] = await sessions.withSession(async (session) => [session], { unit: 'job:poll' })
    await expect(kept?.query('SELECT 1')).rejects.toMatchObject({ code: 'SESSION_CLOSED' })
  })

  it('migrates by the call and among the migrations of a host', async () => {
    const host = await new DataSource({
      ...dataSourceOptions(bed.url),
      migrations: schedulerMigrations({ schema: 'host' }),
    }).initialize()
    await host.runMigrations()
    await assertSchema(host, { schema: 'host' })
    expect(await migrateScheduler(host, { schema: 'host' })).toEqual([])
    await host.destroy()
  })
})
