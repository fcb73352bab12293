import { asText } from './as-text.ts'
import { addedCount } from './bounded-counts.ts'
import { laterOf, mergedStats, mergedUnmet } from './fold-deltas.ts'
import { ms } from './instants.ts'
import type { Names } from './names.ts'

/**
 * Parameters: the scheduler. Counting running runs is cheap: they are few. The statistics are those that were folded,
 * and those of the deltas that were not yet.
 */
export function selectJobs({ job, jobStat, underWay, runDelta }: Names): string {
  return `
    WITH fresh AS (${mergedStats(`${runDelta} WHERE scheduler = $1`)}),
    running AS (
      SELECT u.job, count(*) AS runs, max(u.started_at) AS latest_start_at,
        min(u.scheduled_for) FILTER (WHERE u.trigger = 'schedule'
          AND u.scheduled_for > coalesce(greatest(s.last_success_at, d.last_success_at), '-infinity')) AS due_at
      FROM ${underWay} AS u
      LEFT JOIN ${jobStat} AS s USING (scheduler, job)
      LEFT JOIN fresh AS d USING (job)
      WHERE scheduler = $1 AND u.state = 'running'
      GROUP BY u.job
    )
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
  cursor_zone: 'j.cursor_zone',
  cursor_wall: 'j.cursor_wall',
  retired_at: ms('j.retired_at'),
  running: 'coalesce(r.runs, 0)',
  latest_start_at: ms('r.latest_start_at'),
  running_due_at: ms('r.due_at'),
  last_run_at: ms('greatest(s.last_run_at, d.last_run_at)'),
  last_success_at: ms('greatest(s.last_success_at, d.last_success_at)'),
  last_failure_at: ms('greatest(s.last_failure_at, d.last_failure_at)'),
  last_outcome: laterOf('last_outcome', 'last_run_at', ['s', 'd']),
  last_error_code: laterOf('last_error_code', 'last_failure_at', ['s', 'd']),
  consecutive_failures: `CASE WHEN d.last_success_at IS NULL
    THEN ${addedCount('coalesce(s.consecutive_failures, 0)', 'coalesce(d.consecutive_failures, 0)')}
    ELSE d.consecutive_failures END`,
  unmet_from: ms(mergedUnmet('least', 'unmet_from', { one: 's', other: 'd' })),
  unmet_through: ms(mergedUnmet('greatest', 'unmet_through', { one: 's', other: 'd' })),
})
