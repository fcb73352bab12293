import { LEDGER_COLUMNS, underWayEntries } from './ledger-columns.ts'
import type { Names } from './names.ts'

interface Wanted {
  /** Which rows under way to lock. */
  readonly where: string
  /** The instant by which they are ordered. */
  readonly by: 'lease_until' | 'released_at'
}

/** The first `$3` entries of these rows, each locked. It passes over a row that another transaction has locked. */
export function lockFirst(names: Names, { where, by }: Wanted): string {
  return `
    WITH first AS (
      SELECT id FROM ${names.underWay}
      WHERE ${where}
      ORDER BY ${by}, seq
      LIMIT $3
      FOR NO KEY UPDATE SKIP LOCKED
    )
    SELECT ${LEDGER_COLUMNS}
    FROM ${underWayEntries(names)} JOIN first USING (id)
    ORDER BY l.${by}, l.seq`
}
