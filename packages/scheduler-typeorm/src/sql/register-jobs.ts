import { asText, own } from './as-text.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'

export const JOB_SHAPE = { job: 'text', cursor: 'float8' } as const

/** Parameters: the scheduler, and the jobs. Returns the names of the new ones. */
export function registerJobs({ job }: Names): string {
  return `
    INSERT INTO ${job} AS added (scheduler, job, cursor_at, since_at)
    SELECT $1, j.job, ${at('j.cursor')}, ${at('j.cursor')}
    FROM ${rowset(JOB_SHAPE, 'j', 2)}
    ORDER BY j.job COLLATE "C"
    ON CONFLICT DO NOTHING
    RETURNING ${asText(own('added', ['job']))}`
}
