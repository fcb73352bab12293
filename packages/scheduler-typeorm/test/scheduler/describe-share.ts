import { describeScheduler } from '@pm/scheduler-testing/conformance'
import type { EntityManager } from 'typeorm'

import { createStoreShelf } from '../store-shelf.ts'
import { createTestBed } from '../test-bed.ts'

const SHARES = 4

/** A share of the scheduler's stories on PostgreSQL: so many files, so that test workers can divide them among them. */
export async function describeShare(number: number): Promise<void> {
  const bed = await createTestBed()
  const shelf = createStoreShelf(await bed.open())
  describeScheduler<EntityManager>('PostgreSQL through TypeORM', () => shelf.take(), { share: { number, of: SHARES } })
}
