import { asText, own } from './as-text.ts'
import { ms } from './instants.ts'
import type { Names } from './names.ts'

/**
 * First key of the advisory lock before a locked control row; the second is a hash of the schema and the scheduler. A random
 * number, drawn once.
 */
const TURN_LOCK = 1_173_920_846

/**
 * Parameters: the scheduler. `share` blocks commands until the unit ends but not other readers; `update` is for a
 * command itself.
 *
 * The row's own lock is not fair: whoever shares it lets others share it past a command that waits, so that units which
 * follow each other closely keep commands out for seconds. The advisory lock before it has a queue. The row is read after
 * that wait, and locking reads it as it is then.
 */
export function selectControl({ schema, scheduler }: Names, lock: 'none' | 'share' | 'update'): string {
  if (lock === 'none') return `SELECT ${COLUMNS} FROM ${scheduler} AS s WHERE s.scheduler = $1`
  const turn = lock === 'share' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock'
  const key = `hashtext('${schema.replaceAll("'", "''")}/' || $1)`
  return `
    WITH turn AS MATERIALIZED (SELECT ${turn}(${TURN_LOCK}, ${key}))
    SELECT ${COLUMNS}
    FROM turn, ${scheduler} AS s
    WHERE s.scheduler = $1
    ${lock === 'share' ? 'FOR SHARE OF s' : 'FOR NO KEY UPDATE OF s'}`
}

const COLUMNS = asText({
  ...own('s', ['version', 'desired', 'paused_jobs', 'config', 'definitions']),
  at: ms('s.desired_at'),
  by: 's.desired_by',
  why: 's.desired_why',
  paused_until: ms('s.paused_until'),
  since: ms('s.since'),
})
