import type { QueryTarget } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { assertReady } from './assert-readable.ts'
import { inspectSchema } from './inspect-schema.ts'
import type { MigrationStep } from './steps.ts'

/**
 * Checks the tables without changing anything.
 *
 * @throws SchedulerError `SCHEMA_NOT_READY` or `SCHEMA_OF_EARLIER_BUILD` unless a release with these steps can work
 *   with them.
 */
export async function assertSteps(target: QueryTarget, names: Names, steps: readonly MigrationStep[]): Promise<void> {
  assertReady(await inspectSchema(target, names), names, steps)
}
