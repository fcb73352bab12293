import { describeStore } from '@pm/scheduler-testing/conformance'
import type { EntityManager } from 'typeorm'
import { createStoreShelf } from '../../test/store-shelf.ts'
import { createTestBed } from '../../test/test-bed.ts'
import { createTypeormSessions } from '../sessions/create-typeorm-sessions.ts'
import { createTypeormStore } from './create-typeorm-store.ts'

const bed = await createTestBed()
const shelf = createStoreShelf(await bed.open())

const options =
  process.env['SOAK'] === '1'
    ? { histories: 1_000, countedHistories: 20_000, snapshots: 10_000 }
    : { histories: 25, snapshots: 300 }

const createHarness = async () => {
  const taken = await shelf.take()
  return {
    ...taken,
    concurrentUnits: 10,
    async another() {
      const other = await bed.open()
      const harness = { sessions: createTypeormSessions(other), store: createTypeormStore({ schema: taken.schema }) }
      return { ...harness, close: () => other.destroy() }
    },
  }
}

describeStore<EntityManager>('PostgreSQL through TypeORM', createHarness, options)
