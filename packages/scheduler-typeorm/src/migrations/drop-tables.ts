import { type QueryTarget, queryRows, text } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { lockMigrations } from './apply-steps.ts'
import { assertReadable } from './assert-readable.ts'
import { inspectSchema } from './inspect-schema.ts'
import { madeBySteps } from './made-by-steps.ts'
import type { MigrationStep } from './steps.ts'

/**
 * Drops our tables with all history inside the caller's transaction. Drops the schema too if our migration made it and
 * the host has put nothing into it. Objects of the host stay.
 *
 * @throws SchedulerError as `applySteps` does, so that tables of another release are not dropped in part.
 */
export async function dropTables(target: QueryTarget, names: Names, steps: readonly MigrationStep[]): Promise<void> {
  await lockMigrations(target, names)
  const found = await inspectSchema(target, names)
  if (!found.hasTable) return
  assertReadable(found, names, steps)
  const applied = steps.filter((step) => step.version <= found.version)
  const tables = madeBySteps(applied, names).tables.map((table) => `${names.quotedSchema}.${table}`)
  await queryRows(target, `DROP TABLE IF EXISTS ${[...tables, names.migration].join(', ')}`)
  if (found.madeSchema && (await isEmpty(target, names))) await queryRows(target, `DROP SCHEMA ${names.quotedSchema}`)
}

async function isEmpty(target: QueryTarget, { quotedSchema }: Names): Promise<boolean> {
  const [row] = await queryRows(
    target,
    `SELECT count(*)::text AS objects FROM pg_depend
     WHERE refclassid = 'pg_namespace'::regclass AND refobjid = to_regnamespace($1)::oid`,
    [quotedSchema],
  )
  return row !== undefined && text(row, 'objects') === '0'
}
