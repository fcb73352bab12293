import { addedCount } from './bounded-counts.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'

export const JOB_STAT_SHAPE = {
  job: 'text',
  last_run_at: 'float8',
  last_success_at: 'float8',
  last_failure_at: 'float8',
  consecutive_failures: 'bigint',
} as const

/**
 * Parameters: the scheduler, and the statistics of a batch of outcomes for each job. A batch without a success adds its
 * failures to the job's consecutive failures. A batch with a success replaces that count by its failures after the last
 * success.
 */
export function upsertJobStats({ jobStat }: Names): string {
  const lengthened = addedCount(`${jobStat}.consecutive_failures`, 'excluded.consecutive_failures')
  return `
    INSERT INTO ${jobStat} (scheduler, job, last_run_at, last_success_at, last_failure_at, consecutive_failures)
    SELECT $1, s.job, ${at('s.last_run_at')}, ${at('s.last_success_at')}, ${at('s.last_failure_at')},
      s.consecutive_failures
    FROM ${rowset(JOB_STAT_SHAPE, 's', 2)}
    ORDER BY s.job COLLATE "C"
    ON CONFLICT (scheduler, job) DO UPDATE SET
      last_run_at = greatest(${jobStat}.last_run_at, excluded.last_run_at),
      last_success_at = greatest(${jobStat}.last_success_at, excluded.last_success_at),
      last_failure_at = greatest(${jobStat}.last_failure_at, excluded.last_failure_at),
      consecutive_failures = CASE WHEN excluded.last_success_at IS NULL
        THEN ${lengthened} ELSE excluded.consecutive_failures END`
}
