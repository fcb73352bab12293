import { describeScheduler, describeSessionProvider, describeStore } from '@pm/scheduler-testing/conformance'
import type { DataSource, EntityManager } from 'typeorm'

import { createTypeormSessions } from '../src/sessions/create-typeorm-sessions.ts'
import { createStoreShelf } from './store-shelf.ts'
import { poolOf } from './test-bed.ts'

/** Few of each in CI, because the tests of the store itself run many histories. */
const OPTIONS = process.env['SOAK'] === '1' ? { histories: 100, snapshots: 1_000 } : { histories: 2, snapshots: 20 }

/**
 * The conformance suites of the store and the sessions, and in the soak lane the scheduler's, through one DataSource.
 *
 * @param admin a DataSource on the same database with default settings.
 */
export function describeEverySuite(name: string, dataSource: DataSource, admin: DataSource): void {
  const shelf = createStoreShelf(dataSource)
  const createHarness = async () => ({ ...(await shelf.take()), concurrentUnits: 10 })
  describeStore<EntityManager>(name, createHarness, OPTIONS)
  // Takes twenty seconds per environment: too long for CI.
  if (process.env['SOAK'] === '1') describeScheduler<EntityManager>(name, createHarness)
  describeSessionProvider<EntityManager>(name, async () => {
    await admin.query('DROP TABLE IF EXISTS note')
    await admin.query('CREATE TABLE note (key text)')
    return {
      sessions: createTypeormSessions(dataSource),
      concurrentUnits: 10,
      write: (session, key) => session.query('INSERT INTO note VALUES ($1)', [key]),
      read: async (session) => (await session.query('SELECT key FROM note')).map(({ key }: { key: string }) => key),
      busyConnections: () => poolOf(dataSource).busy,
      close: () => Promise.resolve(),
    }
  })
}
