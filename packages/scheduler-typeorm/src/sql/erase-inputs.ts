import { asText, own } from './as-text.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'

/**
 * Parameters: the scheduler, the instant, and the limit. Erases the inputs of runs that were settled before it. Returns
 * the ids of these runs.
 */
export function eraseInputs({ settled }: Names): string {
  return `
    WITH old AS (
      SELECT id, settled_at FROM ${settled}
      WHERE scheduler = $1 AND settled_at < ${at('$2')} AND input IS NOT NULL
      ORDER BY settled_at
      LIMIT $3
      FOR UPDATE SKIP LOCKED
    )
    UPDATE ${settled} AS l SET input = NULL FROM old WHERE l.id = old.id AND l.settled_at = old.settled_at
    RETURNING ${asText(own('l', ['id']))}`
}
