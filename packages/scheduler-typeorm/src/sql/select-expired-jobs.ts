import { asText } from './as-text.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, now, and the limit. Returns the jobs of the runs whose leases ended first. */
export function selectExpiredJobs({ underWay }: Names): string {
  return `
    SELECT DISTINCT ${asText({ job: 'job' })}
    FROM (
      SELECT job FROM ${underWay}
      WHERE scheduler = $1 AND state = 'running' AND lease_until < ${at('$2')}
      ORDER BY lease_until, seq
      LIMIT $3
    ) AS expired`
}
