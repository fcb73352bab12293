import type { MigrationInterface } from 'typeorm'

import { tableNames } from '../sql/names.ts'
import type { SchemaOptions } from './migrate-scheduler.ts'
import { STEPS } from './steps.ts'
import { toMigrations } from './to-migrations.ts'

/**
 * The same steps as TypeORM migrations, for a host that wants one migration history: `migrations: [...own,
 * ...schedulerMigrations()]`. They may be mixed with `migrateScheduler`; each step is applied once. Each step is one
 * transaction, even when the host runs migrations with `transaction: 'none'`.
 *
 * Reverting the first step drops our tables with all history. It drops the schema only if a step made it and it is
 * empty by then. Reverting a later step changes nothing. Nothing else in the schema is touched.
 */
export function schedulerMigrations(options: SchemaOptions = {}): (new () => MigrationInterface)[] {
  return toMigrations(STEPS, tableNames(options.schema))
}
