import { asText, own } from './as-text.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, the instant, and the limit. Skips rows that another pruner has locked. */
export function deleteEntries({ ledger, runCall }: Names): string {
  return `
    WITH old AS (
      SELECT id FROM ${ledger}
      WHERE scheduler = $1 AND settled_at < ${at('$2')}
      ORDER BY settled_at
      LIMIT $3
      FOR UPDATE SKIP LOCKED
    ), calls AS (
      DELETE FROM ${runCall} AS c USING old WHERE c.run_id = old.id
    )
    DELETE FROM ${ledger} AS l USING old WHERE l.id = old.id
    RETURNING ${asText(own('l', ['id']))}`
}
