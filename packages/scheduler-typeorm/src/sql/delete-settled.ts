import { asText, own } from './as-text.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, the instant, and the limit. Skips rows that another pruner has locked. */
export function deleteSettled({ settled }: Names): string {
  return `
    WITH old AS (
      SELECT id, settled_at FROM ${settled}
      WHERE scheduler = $1 AND settled_at < ${at('$2')}
      ORDER BY settled_at
      LIMIT $3
      FOR UPDATE SKIP LOCKED
    )
    DELETE FROM ${settled} AS l USING old WHERE l.id = old.id AND l.settled_at = old.settled_at
    RETURNING ${asText(own('l', ['id']))}`
}
