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
} as const

/**
 * Parameters: the scheduler, the new end of the leases, and the leases. Returns the leases that were renewed. It skips
 * a run whose row another transaction has locked, so that one locked row does not cost the other runs their leases.
 */
export function renewLeases({ underWay }: Names): string {
  return `
    WITH lease AS (
      SELECT l.id, r.attempt, r.progress_done, r.progress_total, r.progress_at
      FROM ${rowset(LEASE_SHAPE, 'r', 3)}
      JOIN ${underWay} AS l ON l.id = r.run_id
      WHERE l.id = ANY ($3::uuid[]) AND (l.scheduler = $1) IS TRUE AND l.state = 'running' AND l.fence = r.fence
      ORDER BY l.id
      FOR NO KEY UPDATE OF l SKIP LOCKED
    )
    UPDATE ${underWay} AS l
    SET lease_until = ${at('$2')}, attempt = lease.attempt, progress_done = lease.progress_done,
      progress_total = lease.progress_total, progress_at = ${at('lease.progress_at')}
    FROM lease
    WHERE l.id = lease.id
    RETURNING ${asText(own('l', ['id', 'cancel_requested']))}`
}
