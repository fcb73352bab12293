import { asText } from './as-text.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'

/**
 * The runs whose owners' leases ended before `$2`: those of the jobs `$4`, and of any job those that somebody has
 * cancelled. A run that its owner has left is none of them.
 */
export const EXPIRED = `
        scheduler = $1 AND state = 'running' AND lease_until < ${at('$2')} AND released_at IS NULL
        AND (job = ANY ($4::text[]) OR cancel_requested)`

/** Parameters: the scheduler, now, the limit, and jobs. Returns those of the runs whose leases ended first. */
export function selectExpiredJobs({ underWay }: Names): string {
  return `
    SELECT DISTINCT ${asText({ job: 'job' })}
    FROM (
      SELECT job FROM ${underWay}
      WHERE ${EXPIRED}
      ORDER BY lease_until, seq
      LIMIT $3
    ) AS expired`
}
