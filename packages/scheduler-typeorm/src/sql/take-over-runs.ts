import { MAX_COUNT } from '@pm/scheduler-core/store'

import { asText, own } from './as-text.ts'
import { at, ms } from './instants.ts'
import type { Names } from './names.ts'

/**
 * Parameters: the scheduler, the ids of the runs, the jobs whose runs may start, the owner, now, and the end of its leases.
 * Begins those of the runs that are queued, of these jobs and free. Returns a row for each that was queued: with what its run
 * has beside what the caller gave, or with nothing but its `brought` id when it is left. A locked row stays where it is, so that
 * it is updated there without another search.
 */
export function takeOverRuns({ underWay }: Names): string {
  const isQueued = (run: string) =>
    `${run}.id = ANY ($2::uuid[]) AND (${run}.scheduler = $1) IS TRUE AND ${run}.state = 'queued'`
  return `
    WITH free AS (
      SELECT u.ctid AS place FROM ${underWay} AS u
      WHERE ${isQueued('u')} AND (u.job = ANY ($3::text[])) IS TRUE
      ORDER BY u.id
      FOR NO KEY UPDATE SKIP LOCKED
    ),
    taken AS (
      UPDATE ${underWay} AS u
      SET state = 'running', owner = $4, attempt = u.attempt + 1, fence = u.fence + 1,
        started_at = ${at('$5')}, lease_until = ${at('$6')},
        lateness_ms = CASE WHEN u.trigger = 'schedule' THEN ${sinceMs('u.scheduled_for')} END,
        queue_wait_ms = ${sinceMs('u.queued_at')}
      FROM free WHERE u.ctid = free.place
      RETURNING ${COLUMNS.map((column) => `u.${column}`).join(', ')}
    )
    SELECT ${asText({ brought: 'q.id', ...TAKEN })}
    FROM ${underWay} AS q LEFT JOIN taken AS l ON l.id = q.id
    WHERE ${isQueued('q')}`
}

/** What is not the same for every run that was just taken over. */
const WHOLE = ['id', 'job', 'trigger', 'attempt', 'earlier_attempts', 'fence', 'cancel_requested'] as const
const MEASURED = ['lateness_ms', 'queue_wait_ms', 'past_attempts', 'input'] as const
const INSTANTS = ['scheduled_for', 'queued_at'] as const
const COLUMNS = [...WHOLE, ...MEASURED, ...INSTANTS]
const TAKEN = {
  ...own('l', [...WHOLE, ...MEASURED]),
  scheduled_for: ms('l.scheduled_for'),
  queued_at: ms('l.queued_at'),
}

/** The milliseconds from an instant to now, never negative; NULL for none. A hand may have made the instant infinite. */
function sinceMs(instant: string): string {
  return `CASE WHEN ${instant} IS NOT NULL
          THEN greatest(0, least(${MAX_COUNT}, $5::float8 - ${ms(instant)}))::bigint END`
}
