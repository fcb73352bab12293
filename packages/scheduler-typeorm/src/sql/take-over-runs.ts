import { MAX_COUNT } from '@pm/scheduler-core/store'

import { asText, own } from './as-text.ts'
import { at, ms } from './instants.ts'
import type { Names } from './names.ts'

/**
 * Parameters: the scheduler, the ids of the runs, the jobs whose runs may start, the owner, now, and the end of its leases.
 * Begins those of the runs that are queued, of these jobs and free, and returns what each has beside what the caller gave. A
 * locked row stays where it is, so that it is updated there without another search.
 */
export function takeOverRuns({ underWay }: Names): string {
  return `
    WITH free AS (
      SELECT u.ctid AS place FROM ${underWay} AS u
      WHERE ${isQueued('u')} AND (u.job = ANY ($3::text[])) IS TRUE
      ORDER BY u.id
      FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE ${underWay} AS l
    SET state = 'running', owner = $4, attempt = l.attempt + 1, fence = l.fence + 1,
      started_at = ${at('$5')}, lease_until = ${at('$6')},
      lateness_ms = CASE WHEN l.trigger = 'schedule' THEN ${sinceMs('l.scheduled_for')} END,
      queue_wait_ms = ${sinceMs('l.queued_at')}
    FROM free WHERE l.ctid = free.place
    RETURNING ${asText(TAKEN)}`
}

/** Parameters: the scheduler, and the ids of the runs. Returns the ids of those that are queued, locked or not. */
export function selectQueued({ underWay }: Names): string {
  return `SELECT ${asText(own('q', ['id']))} FROM ${underWay} AS q WHERE ${isQueued('q')}`
}

function isQueued(run: string): string {
  return `${run}.id = ANY ($2::uuid[]) AND (${run}.scheduler = $1) IS TRUE AND ${run}.state = 'queued'`
}

/** What is not the same for every run that was just taken over. */
const WHOLE = ['id', 'job', 'trigger', 'attempt', 'earlier_attempts', 'fence', 'cancel_requested'] as const
const MEASURED = ['lateness_ms', 'queue_wait_ms', 'past_attempts', 'input'] as const
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
