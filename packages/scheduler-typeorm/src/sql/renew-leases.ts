import { at } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, the leases as JSON, and until when. Answers the leases that were kept. */
export function renewLeases({ ledger }: Names): string {
  return `
    WITH lease AS (
      SELECT l.id, r.attempt
      FROM json_to_recordset($2::json) AS r (run_id uuid, fence bigint, attempt int)
      JOIN ${ledger} AS l ON l.id = r.run_id
      WHERE l.scheduler = $1 AND l.state = 'running' AND l.fence = r.fence
      ORDER BY l.id
      FOR NO KEY UPDATE OF l
    )
    UPDATE ${ledger} AS l
    SET lease_until = ${at('$3')}, attempt = lease.attempt
    FROM lease
    WHERE l.id = lease.id
    RETURNING l.id, l.cancel_requested`
}
