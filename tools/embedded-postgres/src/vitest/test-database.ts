import { inject } from 'vitest'

import { createDatabase, type Database } from '../create-database.ts'
import type {} from './global-setup.ts'

export type TestDatabase = Database

/** A database of its own for one test file or test, on the server that the suite runs on. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(inject('postgresUrl'))
}
