import { flag, integer, type QueryTarget, queryRows } from '../query.ts'
import { asText } from '../sql/as-text.ts'
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

/** Looks without changing anything, and with no more rights than to read. */
export async function inspectSchema(target: QueryTarget, names: Names): Promise<FoundSchema> {
  const [place] = await queryRows(
    target,
    `SELECT ${asText({ exists: 'to_regnamespace($1) IS NOT NULL', has_table: 'to_regclass($2) IS NOT NULL' })}`,
    [names.quotedSchema, names.migration],
  )
  const exists = place !== undefined && flag(place, 'exists')
  const hasTable = place !== undefined && flag(place, 'has_table')
  if (!hasTable) return { exists, hasTable, version: 0, readableFrom: 0, madeSchema: false }
  const [row] = await queryRows(target, `SELECT ${VERSIONS} FROM ${names.migration}`)
  if (!row) return { exists, hasTable, version: 0, readableFrom: 0, madeSchema: false }
  return {
    exists,
    hasTable,
    version: integer(row, 'version'),
    readableFrom: integer(row, 'readable_from'),
    madeSchema: flag(row, 'made_schema'),
  }
}

const VERSIONS = asText({
  version: 'coalesce(max(version), 0)',
  readable_from: 'coalesce(max(readable_from), 0)',
  made_schema: 'coalesce(bool_or(made_schema), false)',
})
