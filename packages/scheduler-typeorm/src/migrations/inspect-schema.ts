import { SchedulerError } from '@pm/scheduler-core'

import { flag, integer, type QueryTarget, queryRows, text } from '../query.ts'
import { asText } from '../sql/as-text.ts'
import type { Names } from '../sql/names.ts'

/** The state of our schema in a database. */
export interface FoundSchema {
  /** Whether the schema exists, whether our migration or the host made it. */
  readonly exists: boolean
  /** Whether our migration table exists. */
  readonly hasTable: boolean
  /** The steps that made the tables, in ascending order of version. */
  readonly applied: readonly AppliedStep[]
  /** The version of the tables; 0 when there are none. */
  readonly version: number
  /** The oldest version whose release can work with these tables. */
  readonly readableFrom: number
  /** Whether our migration made the schema. Only then may reverting drop it. */
  readonly madeSchema: boolean
}

interface AppliedStep {
  readonly version: number
  readonly name: string
}

/** The columns that distinguish our migration table from a table of the host with the same name. */
const COLUMNS = ['version', 'name', 'readable_from', 'made_schema']

/**
 * Reads the state of our schema. Changes nothing and needs only the right to read.
 *
 * @throws SchedulerError `SCHEMA_OCCUPIED` when the host has a table with the name of our migration table.
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
