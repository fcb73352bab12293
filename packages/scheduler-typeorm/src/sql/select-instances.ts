import { asText, own } from './as-text.ts'
import { ms } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and a job that they have, or NULL. Without the runs of the instances. */
export function selectLives({ instance, holding }: Names): string {
  return `
    SELECT ${asText(LIFE)}
    FROM ${instance} AS i
    WHERE i.scheduler = $1 AND ($2::text IS NULL OR EXISTS (
      SELECT FROM ${holding} AS h WHERE h.scheduler = $1 AND h.instance = i.instance AND h.job = $2
    ))
    ORDER BY i.instance`
}

/**
 * Parameters: the scheduler, and a version of time zone data, or NULL. Returns the jobs of the instances that are there
 * and have newer data.
 */
export function selectOutdated({ instance, holding }: Names): string {
  return `
    SELECT DISTINCT ${asText({ job: 'h.job' })}
    FROM ${instance} AS i
    JOIN ${holding} AS h ON h.scheduler = $1 AND h.instance = i.instance
    WHERE i.scheduler = $1 AND i.left_at IS NULL AND i.time_zone_data > coalesce($2::text, '')
    ORDER BY job`
}

/** Parameters: the scheduler. A run that its owner has left is nobody's. */
export function selectInstances({ instance, underWay }: Names): string {
  return `
    SELECT ${COLUMNS}
    FROM ${instance} AS i
    LEFT JOIN (
      SELECT owner, count(*) AS runs FROM ${underWay}
      WHERE scheduler = $1 AND state = 'running' AND released_at IS NULL
      GROUP BY owner
    ) AS r ON r.owner = i.instance
    WHERE i.scheduler = $1 AND i.left_at IS NULL
    ORDER BY i.instance`
}

const LIFE = {
  instance: 'i.instance',
  role: 'i.role',
  first_seen_at: ms('i.first_seen_at'),
  last_seen_at: ms('i.last_seen_at'),
  lease_ms: 'i.lease_ms',
  left_at: ms('i.left_at'),
  time_zone_data: 'i.time_zone_data',
  host: 'i.host',
  pid: 'i.pid',
  version: 'i.version',
}
const COLUMNS = asText({
  ...LIFE,
  ...own('i', ['concurrency', 'dropped_messages', 'left_messages']),
  running: 'coalesce(r.runs, 0)',
})
