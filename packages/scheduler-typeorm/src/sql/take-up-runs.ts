import { asText, own } from './as-text.ts'
import { at } from './instants.ts'
import { LEDGER_COLUMNS, underWayEntries } from './ledger-columns.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'

export const TAKE_UP_SHAPE = {
  id: 'uuid',
  fence: 'bigint',
  owner: 'text',
  attempt: 'int',
  started_at: 'float8',
  lease_until: 'float8',
  lateness_ms: 'bigint',
} as const

/** Parameters: the scheduler, and the runs with their new owners. Returns those that were open without one. */
export function takeUpRuns({ underWay }: Names): string {
  return `
    UPDATE ${underWay} AS l
    SET owner = t.owner, fence = l.fence + 1, attempt = t.attempt, started_at = ${at('t.started_at')},
      lease_until = ${at('t.lease_until')}, lateness_ms = t.lateness_ms, released_at = NULL, next_attempt_at = NULL,
      progress_done = NULL, progress_total = NULL, progress_at = NULL
    FROM ${rowset(TAKE_UP_SHAPE, 't', 2)}
    WHERE l.id = t.id AND (l.scheduler = $1) IS TRUE AND l.fence = t.fence AND l.released_at IS NOT NULL
    RETURNING ${asText(own('l', ['id']))}`
}

/** Parameters: the scheduler, and the ids of runs under way. Returns their rows. */
export function selectTakenUp(names: Names): string {
  return `
    SELECT ${LEDGER_COLUMNS}
    FROM ${underWayEntries(names)}
    WHERE l.scheduler = $1 AND l.id = ANY ($2::uuid[])
    ORDER BY l.seq`
}
