import { ms } from './instants.ts'
import { lockClause, type WhenLocked } from './lock-clause.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the names of the jobs. The order of names is the order of the locks. */
export function lockJobs({ job }: Names, whenLocked: WhenLocked): string {
  return `
    SELECT job, ${ms('cursor_at')} AS cursor
    FROM ${job}
    WHERE scheduler = $1 AND job = ANY ($2::text[])
    ORDER BY job
    ${lockClause(whenLocked)}`
}
