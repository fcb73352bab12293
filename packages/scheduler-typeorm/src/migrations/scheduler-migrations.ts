import type { MigrationInterface } from 'typeorm'

import { tableNames } from '../sql/names.ts'
import type { SchemaOptions } from './migrate-scheduler.ts'
import { STEPS } from './steps.ts'
import { toMigrations } from './to-migrations.ts'

/**
 * The same steps as migrations that a host lists in its own `DataSource.migrations`, when it wants one history for
 * everything: `migrations: [...own, ...schedulerMigrations()]`. They may be mixed with `migrateScheduler`: each step
 * is applied once, whoever comes first. Each is one transaction, also where the host runs its migrations with
 * `transaction: 'none'`.
 *
 * Reverting the first of them drops our tables with all history, and the schema only when a step made it and it is empty
 * then. Reverting a later one changes nothing. Nothing else in the schema is touched.
 */
export function schedulerMigrations(options: SchemaOptions = {}): (new () => MigrationInterface)[] {
  return toMigrations(STEPS, tableNames(options.schema))
}
