import { LEDGER_COLUMNS } from './ledger-columns.ts'
import { lockClause, type WhenLocked } from './lock-clause.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the ids of the runs. Locks in the order of the ids. */
export function lockRuns({ ledger }: Names, whenLocked: WhenLocked): string {
  return `
    SELECT ${LEDGER_COLUMNS}
    FROM ${ledger} AS l
    WHERE l.scheduler = $1 AND l.kind = 'run' AND l.id = ANY ($2::uuid[])
    ORDER BY l.id
    ${lockClause(whenLocked)}`
}
