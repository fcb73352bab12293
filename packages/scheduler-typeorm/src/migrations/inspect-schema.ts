import { integer, type QueryTarget, queryRows, text } from '../query.ts'
import type { Names } from '../sql/names.ts'

/** What a database holds where our tables belong. */
export interface FoundSchema {
  /** Whether there is such a schema, whoever made it. */
  readonly exists: boolean
  /** Whether our table of migrations is there. */
  readonly hasTable: boolean
  /** The version of the tables; 0 when they are not there. */
  readonly version: number
  /** The oldest version whose release can work with them. */
  readonly readableFrom: number
  /** Whether a migration of ours made the schema: then reverting may drop it. */
  readonly madeSchema: boolean
}

/** Looks without changing anything, and with no more rights than to read. Answers are compared as text: hosts replace pg's parsers. */
export async function inspectSchema(target: QueryTarget, names: Names): Promise<FoundSchema> {
  const [place] = await queryRows(
    target,
    `SELECT (to_regnamespace($1) IS NOT NULL)::text AS exists, (to_regclass($2) IS NOT NULL)::text AS has_table`,
    [names.quotedSchema, names.migration],
  )
  const exists = place !== undefined && text(place, 'exists') === 'true'
  const hasTable = place !== undefined && text(place, 'has_table') === 'true'
  if (!hasTable) return { exists, hasTable, version: 0, readableFrom: 0, madeSchema: false }
  const [row] = await queryRows(
    target,
    `SELECT coalesce(max(version), 0)::text AS version, coalesce(max(readable_from), 0)::text AS readable_from,
       coalesce(bool_or(made_schema), false)::text AS made_schema
     FROM ${names.migration}`,
  )
  if (!row) return { exists, hasTable, version: 0, readableFrom: 0, madeSchema: false }
  return {
    exists,
    hasTable,
    version: integer(row, 'version'),
    readableFrom: integer(row, 'readable_from'),
    madeSchema: text(row, 'made_schema') === 'true',
  }
}
