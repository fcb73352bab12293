import { randomBytes } from 'node:crypto'
import { createTestDatabase } from '@pm/embedded-postgres/vitest'
import type { SessionProvider } from '@pm/scheduler-core'
import type { Store } from '@pm/scheduler-core/store'
import { DataSource, type DataSourceOptions, type EntityManager } from 'typeorm'
import { afterAll } from 'vitest'

import { migrateScheduler } from '../src/migrations/migrate-scheduler.ts'
import { createTypeormSessions } from '../src/sessions/create-typeorm-sessions.ts'
import { createTypeormStore } from '../src/store/create-typeorm-store.ts'
import { dataSourceOptions, type PostgresOptions } from './data-source-options.ts'

export { dataSourceOptions } from './data-source-options.ts'
export { poolOf } from './pool-of.ts'

/** A database with DataSources on it. */
export interface TestBed {
  readonly url: string
  open(options?: OpenOptions): Promise<DataSource>
}

export interface OpenOptions {
  readonly poolSize?: number
  /** What else the DataSource is told, such as `extra` for pg. */
  readonly settings?: Partial<PostgresOptions>
  /** The class of another release of TypeORM. */
  readonly DataSource?: new (
    options: DataSourceOptions,
  ) => DataSource
}

/** The test bed of one file: it ends, and all that was opened on it, after the last test there. */
export async function createTestBed(): Promise<TestBed> {
  const { url, drop } = await createTestDatabase()
  const opened: DataSource[] = []
  afterAll(async () => {
    for (const dataSource of opened) if (dataSource.isInitialized) await dataSource.destroy()
    await drop()
  })
  return {
    url,
    async open({ poolSize = 10, settings = {}, DataSource: Class = DataSource } = {}) {
      const dataSource = await new Class({ ...dataSourceOptions(url, poolSize), ...settings }).initialize()
      opened.push(dataSource)
      return dataSource
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
