import { ms } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler. Running runs are few and have an index of their own. */
export function selectJobs({ job, jobStat, ledger }: Names): string {
  return `
    WITH running AS (
      SELECT job, count(*)::int AS runs FROM ${ledger} WHERE scheduler = $1 AND state = 'running' GROUP BY job
    )
    SELECT job, ${ms('j.since_at')} AS since, ${ms('j.cursor_at')} AS cursor, coalesce(r.runs, 0) AS running,
      ${ms('s.last_run_at')} AS last_run_at, ${ms('s.last_success_at')} AS last_success_at,
      ${ms('s.last_failure_at')} AS last_failure_at, coalesce(s.consecutive_failures, 0) AS consecutive_failures
    FROM ${job} AS j
    LEFT JOIN ${jobStat} AS s USING (scheduler, job)
    LEFT JOIN running AS r USING (job)
    WHERE scheduler = $1
    ORDER BY job`
}
