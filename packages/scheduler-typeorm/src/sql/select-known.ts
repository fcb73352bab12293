import { asText } from './as-text.ts'
import type { Names } from './names.ts'

/**
 * Parameters: the scheduler, and the names of jobs. Returns the names that exist, whether their rows are locked or not.
 */
export function selectKnownJobs({ job }: Names): string {
  return `SELECT ${asText({ job: 'job' })} FROM ${job} WHERE scheduler = $1 AND job = ANY ($2::text[])`
}
