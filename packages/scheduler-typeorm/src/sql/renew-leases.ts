import { asText, own } from './as-text.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'

export const LEASE_SHAPE = {
  run_id: 'uuid',
  fence: 'bigint',
  attempt: 'int',
  progress_done: 'float8',
  progress_total: 'float8',
  progress_at: 'float8',
  next_attempt_at: 'float8',
  error_code: 'text',
  error_name: 'text',
  error_message: 'text',
  error_more: 'jsonb',
  past_attempts: 'jsonb',
} as const

/**
 * Parameters: the scheduler, the new end of the leases, and the leases. Returns the leases that were renewed. It skips
 * a run whose row another transaction has locked, so that one locked row does not cost the other runs their leases.
 */
export function renewLeases({ underWay }: Names): string {
  return `
    WITH ours AS (${freeRuns(underWay)})
    UPDATE ${underWay} AS l
    SET lease_until = ${at('$2')}, attempt = r.attempt, progress_done = r.progress_done,
      progress_total = r.progress_total, progress_at = ${at('r.progress_at')},
      next_attempt_at = ${at('r.next_attempt_at')}, error_code = r.error_code, error_name = r.error_name,
      error_message = r.error_message, error_more = r.error_more,
      past_attempts = coalesce(r.past_attempts, l.past_attempts)
    FROM ours JOIN ${rowset(LEASE_SHAPE, 'r', 3)} ON r.run_id = ours.id
    WHERE l.id = ours.id AND l.fence = r.fence AND l.released_at IS NULL
    RETURNING ${asText(own('l', ['id', 'cancel_requested']))}`
}

/** The runs `$3` of the scheduler `$1`. Locks them in the order of their ids, and skips those that are locked already. */
export function freeRuns(underWay: string): string {
  return `
      SELECT u.id FROM ${underWay} AS u
      WHERE u.id = ANY ($3::uuid[]) AND (u.scheduler = $1) IS TRUE AND u.state = 'running'
      ORDER BY u.id
      FOR NO KEY UPDATE SKIP LOCKED
    `
}
