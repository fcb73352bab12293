import { ms } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, the id that the page before ended at or null, and the limit. */
export function selectLog({ controlLog }: Names): string {
  return `
    SELECT id, ${ms('logged_at')} AS at, kind, by, why, job, run_id, ${ms('until')} AS until, version,
      changes::text AS changes
    FROM ${controlLog}
    WHERE scheduler = $1 AND ($2::bigint IS NULL OR id < $2)
    ORDER BY id DESC
    LIMIT $3`
}
