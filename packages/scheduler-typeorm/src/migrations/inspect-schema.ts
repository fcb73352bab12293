import { SchedulerError } from '@pm/scheduler-core'

import { flag, integer, type QueryTarget, queryRows, text } from '../query.ts'
import { asText } from '../sql/as-text.ts'
import type { Names } from '../sql/names.ts'

/** What a database holds where our tables belong. */
export interface FoundSchema {
  /** Whether there is such a schema, whoever made it. */
  readonly exists: boolean
  /** Whether our table of migrations is there. */
  readonly hasTable: boolean
  /** The steps that made the tables, by their versions, the oldest first. */
  readonly applied: readonly AppliedStep[]
  /** The version of the tables; 0 when they are not there. */
  readonly version: number
  /** The oldest version whose release can work with them. */
  readonly readableFrom: number
  /** Whether a migration of ours made the schema: then reverting may drop it. */
  readonly madeSchema: boolean
}

interface AppliedStep {
  readonly version: number
  readonly name: string
}

/** The columns by which our table of migrations is told from one of the host's. */
const COLUMNS = ['version', 'name', 'readable_from', 'made_schema']

/**
 * Looks without changing anything, and with no more rights than to read.
 *
 * @throws SchedulerError `SCHEMA_OCCUPIED` when there is a table of that name which is not ours.
 */
export async function inspectSchema(target: QueryTarget, names: Names): Promise<FoundSchema> {
  const [place = {}] = await queryRows(target, `SELECT ${PLACE}`, [names.quotedSchema, names.migration, COLUMNS])
  const [exists, hasTable] = [flag(place, 'exists'), flag(place, 'has_table')]
  if (!hasTable) return { exists, hasTable, ...summary([]) }
  if (!flag(place, 'is_ours'))
    throw new SchedulerError('SCHEMA_OCCUPIED', { schema: names.schema, tables: 'scheduler_migration' })
  const rows = await queryRows(target, `SELECT ${STEP} FROM ${names.migration} AS m ORDER BY m.version`)
  return { exists, hasTable, ...summary(rows) }
}

function summary(rows: Awaited<ReturnType<typeof queryRows>>): Omit<FoundSchema, 'exists' | 'hasTable'> {
  const last = rows.at(-1)
  return {
    applied: rows.map((row) => ({ version: integer(row, 'version'), name: text(row, 'name') })),
    version: last === undefined ? 0 : integer(last, 'version'),
    readableFrom: last === undefined ? 0 : integer(last, 'readable_from'),
    madeSchema: rows.some((row) => flag(row, 'made_schema')),
  }
}

const PLACE = asText({
  exists: 'to_regnamespace($1) IS NOT NULL',
  has_table: 'to_regclass($2) IS NOT NULL',
  is_ours: `SELECT count(*) = cardinality($3::text[]) FROM pg_attribute
    WHERE attrelid = to_regclass($2) AND attname = ANY ($3::text[])`,
})

const STEP = asText({
  version: 'm.version',
  name: 'm.name',
  readable_from: 'm.readable_from',
  made_schema: 'm.made_schema',
})
