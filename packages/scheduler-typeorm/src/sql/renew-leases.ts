import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'

export const LEASE_SHAPE = { run_id: 'uuid', fence: 'bigint', attempt: 'int' } as const

/** Parameters: the scheduler, until when, and the leases. Answers the leases that were kept. */
export function renewLeases({ ledger }: Names): string {
  return `
    WITH lease AS (
      SELECT l.id, r.attempt
      FROM ${rowset(LEASE_SHAPE, 'r', 3)}
      JOIN ${ledger} AS l ON l.id = r.run_id
      WHERE l.scheduler = $1 AND l.state = 'running' AND l.fence = r.fence
      ORDER BY l.id
      FOR NO KEY UPDATE OF l
    )
    UPDATE ${ledger} AS l
    SET lease_until = ${at('$2')}, attempt = lease.attempt
    FROM lease
    WHERE l.id = lease.id
    RETURNING l.id, l.cancel_requested`
}
