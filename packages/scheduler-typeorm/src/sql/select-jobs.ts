import { asText } from './as-text.ts'
import { ms } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler. Counting running runs is cheap: they are few, and a partial index covers them. */
export function selectJobs({ job, jobStat, ledger }: Names): string {
  return `
    WITH running AS (
      SELECT job, count(*) AS runs FROM ${ledger} WHERE scheduler = $1 AND state = 'running' GROUP BY job
    )
    SELECT ${COLUMNS}
    FROM ${job} AS j
    LEFT JOIN ${jobStat} AS s USING (scheduler, job)
    LEFT JOIN running AS r USING (job)
    WHERE scheduler = $1
    ORDER BY j.job`
}

const COLUMNS = asText({
  job: 'j.job',
  since: ms('j.since_at'),
  cursor: ms('j.cursor_at'),
  running: 'coalesce(r.runs, 0)',
  last_run_at: ms('s.last_run_at'),
  last_success_at: ms('s.last_success_at'),
  last_failure_at: ms('s.last_failure_at'),
  consecutive_failures: 'coalesce(s.consecutive_failures, 0)',
})
