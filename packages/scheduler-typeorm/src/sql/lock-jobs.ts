import { asText } from './as-text.ts'
import { ms } from './instants.ts'
import type { Names } from './names.ts'

/** What a statement does with rows that another transaction has locked: wait for them, or skip them. */
export type WhenLocked = 'wait' | 'pass'

/** Parameters: the scheduler, and the names of the jobs. Locks in the order of the names. */
export function lockJobs({ job }: Names, whenLocked: WhenLocked): string {
  return `
    SELECT ${COLUMNS}
    FROM ${job} AS j
    WHERE j.scheduler = $1 AND j.job = ANY ($2::text[])
    ORDER BY j.job
    FOR NO KEY UPDATE${whenLocked === 'pass' ? ' SKIP LOCKED' : ''}`
}

const COLUMNS = asText({
  job: 'j.job',
  cursor: ms('j.cursor_at'),
  cursor_zone: 'j.cursor_zone',
  cursor_wall: 'j.cursor_wall',
  since: ms('j.since_at'),
})
