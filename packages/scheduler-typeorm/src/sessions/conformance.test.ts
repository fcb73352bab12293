import { describeSessionProvider } from '@pm/scheduler-testing/conformance'
import type { EntityManager } from 'typeorm'
import { describe } from 'vitest'

import { createTestBed, poolOf } from '../../test/test-bed.ts'
import { createTypeormSessions } from './create-typeorm-sessions.ts'

const bed = await createTestBed()

describe.each([1, 10])('with a pool of %i', (poolSize) => {
  describeSessionProvider<EntityManager>('PostgreSQL through TypeORM', async () => {
    const dataSource = await bed.open({ poolSize })
    await dataSource.query('DROP TABLE IF EXISTS note')
    await dataSource.query('CREATE TABLE note (key text)')
    return {
      sessions: createTypeormSessions(dataSource),
      concurrentUnits: poolSize,
      write: (session, key) => session.query('INSERT INTO note VALUES ($1)', [key]),
      read: async (session) => (await session.query('SELECT key FROM note')).map(({ key }: { key: string }) => key),
      busyConnections: () => poolOf(dataSource).busy,
      close: () => dataSource.destroy(),
    }
  })
})
