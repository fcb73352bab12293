import { asText } from './as-text.ts'
import { addedCount } from './bounded-counts.ts'
import { mergedStats } from './fold-deltas.ts'
import { ms } from './instants.ts'
import type { Names } from './names.ts'

/**
 * Parameters: the scheduler. Counting running runs is cheap: they are few. The statistics are those that were folded,
 * and those of the deltas that were not yet.
 */
export function selectJobs({ job, jobStat, underWay, runDelta }: Names): string {
  return `
    WITH running AS (
      SELECT job, count(*) AS runs, max(started_at) AS latest_start_at
      FROM ${underWay} WHERE scheduler = $1 AND state = 'running' GROUP BY job
    ),
    fresh AS (${mergedStats(`${runDelta} WHERE scheduler = $1`)})
    SELECT ${COLUMNS}
    FROM ${job} AS j
    LEFT JOIN ${jobStat} AS s USING (scheduler, job)
    LEFT JOIN running AS r USING (job)
    LEFT JOIN fresh AS d USING (job)
    WHERE scheduler = $1
    ORDER BY j.job`
}

const COLUMNS = asText({
  job: 'j.job',
  since: ms('j.since_at'),
  cursor: ms('j.cursor_at'),
  running: 'coalesce(r.runs, 0)',
  latest_start_at: ms('r.latest_start_at'),
  last_run_at: ms('greatest(s.last_run_at, d.last_run_at)'),
  last_success_at: ms('greatest(s.last_success_at, d.last_success_at)'),
  last_failure_at: ms('greatest(s.last_failure_at, d.last_failure_at)'),
  consecutive_failures: `CASE WHEN d.last_success_at IS NULL
    THEN ${addedCount('coalesce(s.consecutive_failures, 0)', 'coalesce(d.consecutive_failures, 0)')}
    ELSE d.consecutive_failures END`,
})
