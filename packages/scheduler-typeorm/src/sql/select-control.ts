import { asText, own } from './as-text.ts'
import { ms } from './instants.ts'
import type { Names } from './names.ts'

/**
 * Parameters: the scheduler. `share` blocks commands until the unit ends but not other readers; `update` is for a
 * command itself.
 */
export function selectControl({ scheduler }: Names, lock: 'none' | 'share' | 'update'): string {
  const clause = { none: '', share: 'FOR SHARE', update: 'FOR NO KEY UPDATE' }[lock]
  return `
    SELECT ${COLUMNS}
    FROM ${scheduler} AS s
    WHERE s.scheduler = $1
    ${clause}`
}

const COLUMNS = asText({
  ...own('s', ['version', 'desired', 'paused_jobs', 'config', 'definitions']),
  at: ms('s.desired_at'),
  by: 's.desired_by',
  why: 's.desired_why',
  paused_until: ms('s.paused_until'),
  since: ms('s.since'),
})
