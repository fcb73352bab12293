import { asText, own } from './as-text.ts'
import { at } from './instants.ts'
import { isStillDue } from './is-still-due.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'

export const UNRUN_SHAPE = {
  id: 'uuid',
  job: 'text',
  state: 'text',
  reason: 'text',
  scheduled_for: 'float8',
  through: 'float8',
  due_count: 'bigint',
  settled_at: 'float8',
} as const

/**
 * Parameters: the scheduler, and ranges of due times that will not run. Runs before the cursors move: a range whose first
 * due time is accounted for already is skipped. Returns the ids of the others.
 */
export function insertUnrun({ underWay, settled, job }: Names): string {
  return `
    INSERT INTO ${settled} AS l (
      seq, id, scheduler, job, kind, state, trigger, reason, scheduled_for, through, due_count, settled_at
    )
    SELECT
      nextval(pg_get_serial_sequence('${underWay.replaceAll("'", "''")}', 'seq')), e.id, $1, e.job, 'unrun', e.state,
      'schedule', e.reason, ${at('e.scheduled_for')}, ${at('e.through')}, e.due_count, ${at('e.settled_at')}
    FROM (
      SELECT e.* FROM ${rowset(UNRUN_SHAPE, 'e', 2)}
      LEFT JOIN ${job} AS j ON j.scheduler = $1 AND j.job = e.job
      WHERE ${isStillDue(settled, 'e')} AND NOT EXISTS (
        SELECT FROM ${underWay} AS u
        WHERE u.scheduler = $1 AND u.job = e.job AND u.trigger = 'schedule'
          AND u.scheduled_for = ${at('e.scheduled_for')}
      )
      ORDER BY e.job COLLATE "C", e.scheduled_for
    ) AS e
    ON CONFLICT DO NOTHING
    RETURNING ${asText(own('l', ['id']))}`
}
