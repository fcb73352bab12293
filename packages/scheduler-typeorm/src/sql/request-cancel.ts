import type { Names } from './names.ts'

/** Parameters: the scheduler, and the ids of the runs. */
export function requestCancel({ ledger }: Names): string {
  return `
    WITH running AS (
      SELECT id FROM ${ledger}
      WHERE scheduler = $1 AND id = ANY ($2::uuid[]) AND state = 'running'
      ORDER BY id
      FOR NO KEY UPDATE
    )
    UPDATE ${ledger} AS l SET cancel_requested = true FROM running WHERE l.id = running.id`
}
