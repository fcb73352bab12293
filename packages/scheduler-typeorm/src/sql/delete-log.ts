import { asText, own } from './as-text.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'

/**
 * Parameters: the scheduler, the instant since which a command is kept, and the limit. Looks at the oldest commands only,
 * as many as the limit, so that its cost does not grow with the log. Returns the ids of those that it deleted.
 */
export function deleteLog({ controlLog }: Names): string {
  return `
    WITH oldest AS (
      SELECT id, logged_at FROM ${controlLog}
      WHERE scheduler = $1
      ORDER BY version
      LIMIT $3
    )
    DELETE FROM ${controlLog} AS c USING oldest WHERE c.id = oldest.id AND oldest.logged_at < ${at('$2')}
    RETURNING ${asText(own('c', ['id']))}`
}
