import { asText } from './as-text.ts'
import { addedCount } from './bounded-counts.ts'
import { laterOf, mergedStats, mergedUnmet } from './fold-deltas.ts'
import { ms } from './instants.ts'
import { OPEN_STATES } from './ledger-columns.ts'
import type { Names } from './names.ts'

/**
 * Parameters: the scheduler. `asOf`: the instant at which workers have to be alive. Counting runs under way is cheap: they
 * are few. The statistics are those that were folded, and those of the deltas that were not yet.
 */
export function selectJobs({ job, jobStat, underWay, runDelta, instance, holding }: Names, asOf: string): string {
  return `
    WITH fresh AS (${mergedStats(`${runDelta} WHERE scheduler = $1`)}),
    open AS (
      SELECT u.job, count(*) FILTER (WHERE u.state = 'running') AS running,
        max(u.started_at) FILTER (WHERE u.state = 'running') AS latest_start_at,
        count(*) FILTER (WHERE u.state = 'queued') AS queued,
        min(u.queued_at) FILTER (WHERE u.state = 'queued') AS oldest_queued_at,
        min(u.scheduled_for) FILTER (WHERE u.trigger = 'schedule'
          AND u.scheduled_for > coalesce(greatest(s.last_success_at, d.last_success_at), '-infinity')) AS due_at
      FROM ${underWay} AS u
      LEFT JOIN ${jobStat} AS s USING (scheduler, job)
      LEFT JOIN fresh AS d USING (job)
      WHERE scheduler = $1 AND u.state IN (${OPEN_STATES})
      GROUP BY u.job
    ),
    worked AS (
      SELECT h.job, count(*) AS workers
      FROM ${instance} AS i
      JOIN ${holding} AS h USING (scheduler, instance)
      WHERE scheduler = $1 AND i.role = 'worker' AND i.left_at IS NULL
        AND ${asOf} - i.last_seen_at <= i.lease_ms * interval '1 millisecond'
      GROUP BY h.job
    )
    SELECT ${COLUMNS}
    FROM ${job} AS j
    LEFT JOIN ${jobStat} AS s USING (scheduler, job)
    LEFT JOIN open AS r USING (job)
    LEFT JOIN worked AS w USING (job)
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
  running: 'coalesce(r.running, 0)',
  queued: 'coalesce(r.queued, 0)',
  oldest_queued_at: ms('r.oldest_queued_at'),
  workers: 'coalesce(w.workers, 0)',
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
