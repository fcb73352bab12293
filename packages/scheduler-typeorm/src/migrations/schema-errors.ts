import { SchedulerError } from '@pm/scheduler-core'

import { type QueryTarget, queryRows, text } from '../query.ts'
import type { Names } from '../sql/names.ts'
import type { FoundSchema } from './inspect-schema.ts'
import { REQUIRED_VERSION } from './steps.ts'

export function schemaNotReady({ version, readableFrom }: FoundSchema): SchedulerError<'SCHEMA_NOT_READY'> {
  const newer = `${version} (readable from ${readableFrom})`
  const found = version === 0 ? '0 (not migrated)' : version > REQUIRED_VERSION ? newer : String(version)
  return new SchedulerError('SCHEMA_NOT_READY', { found, required: String(REQUIRED_VERSION) })
}

/**
 * The schema may hold tables of the host's: none of them may have a name that we are about to take.
 *
 * @throws SchedulerError `SCHEMA_OCCUPIED`, naming them.
 */
export async function assertNoStrangers(
  target: QueryTarget,
  { schema }: Names,
  wanted: readonly string[],
): Promise<void> {
  const rows = await queryRows(
    target,
    `SELECT c.relname::text AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = ANY ($2::text[]) ORDER BY 1`,
    [schema, wanted],
  )
  if (rows.length === 0) return
  const tables = rows.map((row) => text(row, 'name')).join(', ')
  throw new SchedulerError('SCHEMA_OCCUPIED', { schema, tables })
}
