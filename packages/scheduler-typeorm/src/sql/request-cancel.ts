import type { Names } from './names.ts'

/** Parameters: the scheduler, and the ids of the runs. */
export function requestCancel({ underWay }: Names): string {
  return `
    WITH running AS (
      SELECT id FROM ${underWay}
      WHERE scheduler = $1 AND id = ANY ($2::uuid[]) AND state = 'running'
      ORDER BY id
      FOR NO KEY UPDATE
    )
    UPDATE ${underWay} AS l SET cancel_requested = true FROM running WHERE l.id = running.id`
}
