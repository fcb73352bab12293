import { describeScheduler } from '@pm/scheduler-testing/conformance'
import type { EntityManager } from 'typeorm'

import { createTestBed, openStore } from '../test/test-bed.ts'

const bed = await createTestBed()
const dataSource = await bed.open()

describeScheduler<EntityManager>('PostgreSQL through TypeORM', async () => {
  const { sessions, store } = await openStore(dataSource)
  return { sessions, store, close: () => Promise.resolve() }
})
