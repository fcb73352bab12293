import { asText, own } from './as-text.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'

export const RENAMED_SHAPE = { job: 'text', called: 'text', other_names: 'jsonb' } as const
export const CALLED_SHAPE = { job: 'text', called: 'text' } as const

/** Parameters: the scheduler. Returns the jobs that have several names. */
export function selectRenamed({ job }: Names): string {
  return `
    SELECT ${asText(own('j', ['job', 'called', 'other_names']))} FROM ${job} AS j
    WHERE j.scheduler = $1 AND j.called IS NOT NULL
    ORDER BY j.job`
}

/** Parameters: the scheduler, and jobs with all their names. */
export function renameJobs({ job }: Names): string {
  return `
    UPDATE ${job} AS j SET called = r.called, other_names = r.other_names
    FROM ${rowset(RENAMED_SHAPE, 'r', 2)}
    WHERE j.scheduler = $1 AND j.job = r.job`
}

/** Parameters: the scheduler, and jobs with the names that their definitions have. */
export function callJobs({ job }: Names): string {
  return `
    UPDATE ${job} AS j SET called = c.called
    FROM ${rowset(CALLED_SHAPE, 'c', 2)}
    WHERE j.scheduler = $1 AND j.job = c.job AND j.called IS NOT NULL`
}
