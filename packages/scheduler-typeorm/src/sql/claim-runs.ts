import { asText } from './as-text.ts'
import { at } from './instants.ts'
import { isStillDue } from './is-still-due.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'

export const CURSOR_SHAPE = { job: 'text', cursor: 'float8', is_return: 'int', zone: 'text', wall: 'bigint' } as const

export const CLAIM_SHAPE = {
  id: 'uuid',
  job: 'text',
  trigger: 'text',
  scheduled_for: 'float8',
  attempt: 'int',
  owner: 'text',
  started_at: 'float8',
  lease_until: 'float8',
  lateness_ms: 'bigint',
  earlier_attempts: 'int',
  next_attempt_at: 'float8',
  released_at: 'float8',
  queued_at: 'float8',
  past_attempts: 'jsonb',
  input: 'json',
} as const

/** The number of the parameter after the scheduler, the fence, the claims and the cursors. */
const CLAIMS = 3
const JOBS = CLAIMS + Object.keys(CLAIM_SHAPE).indexOf('job')
const CURSORS = CLAIMS + Object.keys(CLAIM_SHAPE).length

/**
 * Parameters: the scheduler, the fence of a new run, the claims, and the cursors. Moves the cursors and inserts the
 * runs. Returns one row: the ids of those that were inserted, or NULL when all were. Refuses a due time that is
 * accounted for by the cursor that its job had before. All callers insert in the same order, so that two callers with
 * the same due times wait for each other instead of deadlocking.
 */
export function claimRuns({ underWay, settled, job }: Names): string {
  const ids = `CASE WHEN count(*) < cardinality($${CLAIMS}::uuid[]) THEN coalesce(json_agg(id), '[]') END`
  return `
    WITH moved AS (${moveCursors(job, CURSORS)}),
    claimed AS (
      INSERT INTO ${underWay} AS u (
        id, scheduler, job, state, trigger, scheduled_for, attempt, fence, owner, started_at, lease_until, lateness_ms,
        earlier_attempts, next_attempt_at, released_at, queued_at, past_attempts, input
      )
      SELECT
        c.id, $1, c.job, CASE WHEN c.queued_at IS NULL THEN 'running' ELSE 'queued' END, c.trigger, ${at('c.scheduled_for')}, c.attempt, $2::bigint, c.owner,
        ${at('c.started_at')}, ${at('c.lease_until')}, c.lateness_ms,
        coalesce(c.earlier_attempts, 0), ${at('c.next_attempt_at')}, ${at('c.released_at')},
        ${at('c.queued_at')}, c.past_attempts, c.input
      FROM ${rowset(CLAIM_SHAPE, 'c', CLAIMS)}
      LEFT JOIN ${job} AS j ON j.scheduler = $1 AND j.job = ANY ($${JOBS}::text[]) AND j.job = c.job
      WHERE c.trigger <> 'schedule' OR ${isStillDue(settled, 'c')}
      ORDER BY c.job COLLATE "C", c.scheduled_for, c.id
      ON CONFLICT DO NOTHING
      RETURNING u.id
    )
    SELECT ${asText({ ids })} FROM claimed`
}

/** Parameters: the ids of runs that this transaction has claimed. */
export function withdrawClaims({ underWay }: Names): string {
  return `DELETE FROM ${underWay} WHERE id = ANY ($1::uuid[])`
}

/** Parameters: the scheduler, and the cursors. */
export function moveOnlyCursors({ job }: Names): string {
  return moveCursors(job, 2)
}

function moveCursors(job: string, first: number): string {
  return `
      UPDATE ${job} AS j
      SET
        cursor_at = ${at('c.cursor')},
        cursor_zone = c.zone,
        cursor_wall = c.wall,
        since_at = CASE WHEN c.is_return = 1 THEN least(j.since_at, ${at('c.cursor')}) ELSE j.since_at END,
        reached_at = CASE WHEN c.is_return = 1 THEN greatest(j.cursor_at, j.reached_at) ELSE j.reached_at END
      FROM ${rowset(CURSOR_SHAPE, 'c', first)}
      WHERE j.scheduler = $1 AND j.job = ANY ($${first}::text[]) AND j.job = c.job
        AND (j.cursor_at < ${at('c.cursor')} OR c.is_return = 1)`
}
