import { asText } from './as-text.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the names of jobs. Answers those that there are, held by somebody or not. */
export function selectKnownJobs({ job }: Names): string {
  return `SELECT ${asText({ key: 'job' })} FROM ${job} WHERE scheduler = $1 AND job = ANY ($2::text[])`
}

/** Parameters: the scheduler, and the ids of runs. Answers those that are running, held by somebody or not. */
export function selectKnownRuns({ ledger }: Names): string {
  return `
    SELECT ${asText({ key: 'id' })} FROM ${ledger}
    WHERE scheduler = $1 AND kind = 'run' AND id = ANY ($2::uuid[])`
}
