import { asText, own } from './as-text.ts'
import { ms } from './instants.ts'
import { OPEN_STATES } from './ledger-columns.ts'
import type { Names } from './names.ts'

/**
 * Parameters: the scheduler, and the names of the jobs. Apart from the statement that locks, so that it sees changes
 * that were committed while that one waited.
 */
export function selectRunning({ underWay }: Names): string {
  return `
    SELECT ${COLUMNS}
    FROM ${underWay} AS l
    WHERE l.scheduler = $1 AND l.state IN (${OPEN_STATES}) AND l.job = ANY ($2::text[])
    ORDER BY l.started_at, l.seq`
}

const COLUMNS = asText({
  ...own('l', [
    'id',
    'job',
    'state',
    'owner',
    'fence',
    'attempt',
    'earlier_attempts',
    'trigger',
    'lateness_ms',
    'input',
  ]),
  scheduled_for: ms('l.scheduled_for'),
  started_at: ms('l.started_at'),
  lease_until: ms('l.lease_until'),
  released_at: ms('l.released_at'),
})
