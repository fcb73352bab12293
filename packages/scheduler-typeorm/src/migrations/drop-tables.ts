import { type QueryTarget, queryRows, text } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { lockMigrations } from './apply-steps.ts'
import { inspectSchema } from './inspect-schema.ts'
import { madeBySteps } from './made-by-steps.ts'
import { STEPS } from './steps.ts'

/**
 * Drops our tables with all history, inside the caller's transaction; and the schema, when a migration of ours made it
 * and nothing of the host's has come into it since. What the host has there stays.
 */
export async function dropTables(target: QueryTarget, names: Names): Promise<void> {
  await lockMigrations(target, names)
  const { hasTable, madeSchema, version } = await inspectSchema(target, names)
  if (!hasTable) return
  const applied = STEPS.filter((step) => step.version <= version)
  const tables = madeBySteps(applied, names).tables.map((table) => `${names.quotedSchema}.${table}`)
  await queryRows(target, `DROP TABLE IF EXISTS ${[...tables, names.migration].join(', ')}`)
  if (madeSchema && (await isEmpty(target, names))) await queryRows(target, `DROP SCHEMA ${names.quotedSchema}`)
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
