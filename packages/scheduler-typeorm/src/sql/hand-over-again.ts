import { at } from './instants.ts'
import { LEDGER_COLUMNS, underWayEntries } from './ledger-columns.ts'
import type { Names } from './names.ts'

/**
 * Parameters: the scheduler, now, the limit, the jobs, and when the runs are handed over again after this. Locks the first
 * queued runs that no worker has had for too long, and passes over a row that another transaction has locked.
 */
export function handOverAgain({ underWay }: Names): string {
  return `
    WITH first AS (
      SELECT ctid AS place FROM ${underWay}
      WHERE scheduler = $1 AND state = 'queued' AND job = ANY ($4::text[]) AND lease_until <= ${at('$2')}
      ORDER BY queued_at, seq
      LIMIT $3
      FOR NO KEY UPDATE SKIP LOCKED
    ),
    again AS (
      UPDATE ${underWay} AS u SET lease_until = ${at('$5')} FROM first WHERE u.ctid = first.place RETURNING u.*
    )
    SELECT ${LEDGER_COLUMNS}
    FROM ${underWayEntries({ underWay: 'again' })}
    ORDER BY l.queued_at, l.seq`
}
