import { ms } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler. */
export function selectInstances({ instance, ledger }: Names): string {
  return `
    SELECT i.instance, ${ms('i.first_seen_at')} AS first_seen_at, ${ms('i.last_seen_at')} AS last_seen_at,
      coalesce(r.runs, 0) AS running
    FROM ${instance} AS i
    LEFT JOIN (
      SELECT owner, count(*)::int AS runs FROM ${ledger} WHERE scheduler = $1 AND state = 'running' GROUP BY owner
    ) AS r ON r.owner = i.instance
    WHERE i.scheduler = $1
    ORDER BY i.instance`
}
