import { at } from './instants.ts'
import { LEDGER_COLUMNS, underWayEntries } from './ledger-columns.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, now, the limit, and the jobs, whose rows the caller has locked. */
export function lockExpired(names: Names): string {
  return `
    WITH expired AS (
      SELECT id FROM ${names.underWay}
      WHERE scheduler = $1 AND state = 'running' AND lease_until < ${at('$2')} AND job = ANY ($4::text[])
      ORDER BY lease_until, seq
      LIMIT $3
      FOR NO KEY UPDATE SKIP LOCKED
    )
    SELECT ${LEDGER_COLUMNS}
    FROM ${underWayEntries(names)} JOIN expired USING (id)
    ORDER BY l.lease_until, l.seq`
}
