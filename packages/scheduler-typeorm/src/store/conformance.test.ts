import { describeStore } from '@pm/scheduler-testing/conformance'
import type { DataSource, EntityManager } from 'typeorm'
import { afterAll, beforeAll } from 'vitest'
import { createTestBed, openStore, type TestBed } from '../../test/test-bed.ts'
import { createTypeormSessions } from '../sessions/create-typeorm-sessions.ts'
import { createTypeormStore } from './create-typeorm-store.ts'

let bed: TestBed
let dataSource: DataSource

beforeAll(async () => {
  bed = await createTestBed()
  dataSource = await bed.open()
})
afterAll(() => bed[Symbol.asyncDispose]())

const options = process.env['SOAK'] ? { histories: 500, snapshots: 10_000 } : { histories: 25, snapshots: 300 }

const createHarness = async () => {
  const { schema, sessions, store } = await openStore(dataSource)
  return {
    sessions,
    store,
    concurrentUnits: 10,
    async another() {
      const other = await bed.open()
      const harness = { sessions: createTypeormSessions(other), store: createTypeormStore({ schema }) }
      return { ...harness, close: () => other.destroy() }
    },
    // The schema goes with the database.
    close: () => Promise.resolve(),
  }
}

describeStore<EntityManager>('PostgreSQL through TypeORM', createHarness, options)
