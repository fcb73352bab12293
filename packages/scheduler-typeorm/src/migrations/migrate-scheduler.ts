import type { DataSource } from 'typeorm'

import { inTransaction } from '../sessions/in-transaction.ts'
import { tableNames } from '../sql/names.ts'
import { assertSteps } from './assert-steps.ts'
import { makePartitions, serverTime } from './partitions.ts'
import { runSteps } from './run-steps.ts'
import { STEPS } from './steps.ts'

export interface SchemaOptions {
  /** Where the tables live (default `pm_scheduler`). */
  readonly schema?: string
}

/**
 * Creates or upgrades the scheduler's tables; does nothing when they are up to date. Any number of processes may call
 * it at once. A call that is killed half-way has changed nothing, or has made some of the partitions of the days to
 * come; a scheduler makes the others when it opens and every hour, if its role may.
 *
 * It needs the right to create a schema only when the schema is missing, and to create tables only when tables are
 * missing.
 *
 * @returns the versions that this call applied.
 * @throws SchedulerError `SCHEMA_NOT_READY` when the tables are of a newer release that this one cannot work with,
 *   `SCHEMA_OF_EARLIER_BUILD` when a build before 0.1.0 made them, `SCHEMA_OCCUPIED` when the host has objects with our
 *   names in the schema, `STORE_UNAVAILABLE` when the database cannot be reached.
 */
export async function migrateScheduler(
  dataSource: DataSource,
  options: SchemaOptions = {},
): Promise<readonly number[]> {
  const names = tableNames(options.schema)
  const applied = await runSteps({ dataSource, names, steps: STEPS })
  await inTransaction({ dataSource, unit: 'make-partitions' }, async (manager) =>
    makePartitions(manager, names, await serverTime(manager)),
  )
  return applied
}

/**
 * Checks that the tables are up to date. A scheduler checks this itself when it opens.
 *
 * @throws SchedulerError `SCHEMA_NOT_READY` naming the version that was found, `SCHEMA_OF_EARLIER_BUILD` when a build
 *   before 0.1.0 made the tables, `STORE_UNAVAILABLE` when the database cannot be reached.
 */
export async function assertSchema(dataSource: DataSource, options: SchemaOptions = {}): Promise<void> {
  const names = tableNames(options.schema)
  await inTransaction({ dataSource, unit: 'assert-schema', readOnly: true }, (manager) =>
    assertSteps(manager, names, STEPS),
  )
}
