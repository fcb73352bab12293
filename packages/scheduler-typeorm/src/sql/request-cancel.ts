import { OPEN_STATES } from './ledger-columns.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the ids of the runs. */
export function requestCancel({ underWay }: Names): string {
  return `
    WITH open AS (
      SELECT id FROM ${underWay}
      WHERE scheduler = $1 AND id = ANY ($2::uuid[]) AND state IN (${OPEN_STATES})
      ORDER BY id
      FOR NO KEY UPDATE
    )
    UPDATE ${underWay} AS l SET cancel_requested = true FROM open WHERE l.id = open.id`
}
