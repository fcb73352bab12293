import { describeScheduler } from '@pm/scheduler-testing/conformance'
import type { DataSource, EntityManager } from 'typeorm'
import { afterAll, beforeAll } from 'vitest'

import { createTestBed, openStore, type TestBed } from '../test/test-bed.ts'

let bed: TestBed
let dataSource: DataSource

beforeAll(async () => {
  bed = await createTestBed()
  dataSource = await bed.open()
})
afterAll(() => bed[Symbol.asyncDispose]())

describeScheduler<EntityManager>('PostgreSQL through TypeORM', async () => {
  const { sessions, store } = await openStore(dataSource)
  return { sessions, store, close: () => Promise.resolve() }
})
