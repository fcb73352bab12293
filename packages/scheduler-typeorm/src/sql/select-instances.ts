import { asText } from './as-text.ts'
import { ms } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler. */
export function selectInstances({ instance, underWay }: Names): string {
  return `
    SELECT ${COLUMNS}
    FROM ${instance} AS i
    LEFT JOIN (
      SELECT owner, count(*) AS runs FROM ${underWay} WHERE scheduler = $1 AND state = 'running' GROUP BY owner
    ) AS r ON r.owner = i.instance
    WHERE i.scheduler = $1
    ORDER BY i.instance`
}

const COLUMNS = asText({
  instance: 'i.instance',
  first_seen_at: ms('i.first_seen_at'),
  last_seen_at: ms('i.last_seen_at'),
  running: 'coalesce(r.runs, 0)',
})
