import { randomBytes } from 'node:crypto'
import { createTestDatabase, type TestDatabase } from '@pm/embedded-postgres/vitest'
import type { SessionProvider, Store } from '@pm/scheduler-core'
import { DataSource, type DataSourceOptions, type EntityManager } from 'typeorm'

import { migrateScheduler } from '../src/migrations/migrate-scheduler.ts'
import { createTypeormSessions } from '../src/sessions/create-typeorm-sessions.ts'
import { createTypeormStore } from '../src/store/create-typeorm-store.ts'
import { dataSourceOptions } from './data-source-options.ts'

export { dataSourceOptions } from './data-source-options.ts'
export { poolOf } from './pool-of.ts'

/** A database with DataSources on it that all end with the test. */
export interface TestBed extends AsyncDisposable {
  readonly url: string
  open(options?: OpenOptions): Promise<DataSource>
}

export interface OpenOptions {
  readonly poolSize?: number
  /** The class of another release of TypeORM. */
  readonly DataSource?: new (
    options: DataSourceOptions,
  ) => DataSource
}

export async function createTestBed(database?: TestDatabase): Promise<TestBed> {
  const { url, drop } = database ?? (await createTestDatabase())
  const opened: DataSource[] = []
  return {
    url,
    async open({ poolSize = 10, DataSource: Class = DataSource } = {}) {
      const dataSource = await new Class(dataSourceOptions(url, poolSize)).initialize()
      opened.push(dataSource)
      return dataSource
    },
    async [Symbol.asyncDispose]() {
      for (const dataSource of opened) if (dataSource.isInitialized) await dataSource.destroy()
      await drop()
    },
  }
}

export interface StoreOnSchema {
  readonly schema: string
  readonly sessions: SessionProvider<EntityManager>
  readonly store: Store<EntityManager>
}

/** A store in a schema of its own: empty, whatever other tests did in the database. */
export async function openStore(dataSource: DataSource): Promise<StoreOnSchema> {
  const schema = `s_${randomBytes(6).toString('hex')}`
  await migrateScheduler(dataSource, { schema })
  return { schema, sessions: createTypeormSessions(dataSource), store: createTypeormStore({ schema }) }
}
