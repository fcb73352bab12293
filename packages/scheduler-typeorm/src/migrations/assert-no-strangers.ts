import { SchedulerError } from '@pm/scheduler-core'

import { type QueryTarget, queryRows, text } from '../query.ts'
import type { Names } from '../sql/names.ts'
import type { Made } from './made-by-steps.ts'

/**
 * Checks that no table, index or type of the host has a name that our steps are about to create.
 *
 * @throws SchedulerError `SCHEMA_OCCUPIED`, naming the objects that are in the way.
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
