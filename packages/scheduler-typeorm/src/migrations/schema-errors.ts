import { SchedulerError } from '@pm/scheduler-core'

import { type QueryTarget, queryRows, text } from '../query.ts'
import type { Names } from '../sql/names.ts'
import type { FoundSchema } from './inspect-schema.ts'
import type { Made } from './made-by-steps.ts'
import { REQUIRED_VERSION } from './steps.ts'

export function schemaNotReady({ version, readableFrom }: FoundSchema): SchedulerError<'SCHEMA_NOT_READY'> {
  const newer = `${version} (readable from ${readableFrom})`
  const found = version === 0 ? '0 (not migrated)' : version > REQUIRED_VERSION ? newer : String(version)
  return new SchedulerError('SCHEMA_NOT_READY', { found, required: String(REQUIRED_VERSION) })
}

/**
 * The schema may hold tables, indexes and types of the host's: none may have a name that we are about to take.
 *
 * @throws SchedulerError `SCHEMA_OCCUPIED`, naming them.
 */
export async function assertNoStrangers(
  target: QueryTarget,
  { schema }: Names,
  { tables, indexes }: Made,
): Promise<void> {
  const rows = await queryRows(
    target,
    `SELECT c.relname::text AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = ANY ($2::text[] || $3::text[])
     UNION
     SELECT t.typname::text FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace
     WHERE n.nspname = $1 AND t.typname = ANY ($2::text[])
     ORDER BY 1`,
    [schema, tables, indexes],
  )
  const strangers = rows.map((row) => text(row, 'name'))
  if (strangers.length > 0) throw new SchedulerError('SCHEMA_OCCUPIED', { schema, tables: strangers.join(', ') })
}
