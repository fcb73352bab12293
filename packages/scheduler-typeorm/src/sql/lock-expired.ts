import { at } from './instants.ts'
import { LEDGER_COLUMNS } from './ledger-columns.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, now, the limit, and the jobs, whose rows the caller has locked. */
export function lockExpired({ ledger }: Names): string {
  return `
    SELECT ${LEDGER_COLUMNS}
    FROM ${ledger} AS l
    WHERE l.scheduler = $1 AND l.state = 'running' AND l.lease_until < ${at('$2')} AND l.job = ANY ($4::text[])
    ORDER BY l.lease_until, l.seq
    LIMIT $3
    FOR NO KEY UPDATE SKIP LOCKED`
}
