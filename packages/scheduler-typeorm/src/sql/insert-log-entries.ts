import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'

export const LOG_SHAPE = {
  kind: 'text',
  by: 'text',
  why: 'text',
  job: 'text',
  run_id: 'uuid',
  until: 'float8',
  version: 'bigint',
  changes: 'jsonb',
} as const

/** Parameters: the scheduler, now, and the entries. */
export function insertLogEntries({ controlLog }: Names): string {
  return `
    INSERT INTO ${controlLog} (scheduler, logged_at, kind, by, why, job, run_id, until, version, changes)
    SELECT $1, ${at('$2')}, l.kind, l.by, l.why, l.job, l.run_id, ${at('l.until')}, l.version, l.changes
    FROM ${rowset(LOG_SHAPE, 'l', 3)}
    ORDER BY l.version`
}
