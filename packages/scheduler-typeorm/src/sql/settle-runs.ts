import { asText, own } from './as-text.ts'
import { at } from './instants.ts'
import { SHARED_COLUMNS } from './ledger-columns.ts'
import { lockClause, type WhenLocked } from './lock-clause.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'
import { columns } from './tally-columns.ts'

export const SETTLEMENT_SHAPE = {
  id: 'uuid',
  fence: 'bigint',
  state: 'text',
  settled_at: 'float8',
  attempt: 'int',
  duration_ms: 'bigint',
  items_processed: 'bigint',
  items_failed: 'bigint',
  items_skipped: 'bigint',
  progress_done: 'float8',
  progress_total: 'float8',
  progress_at: 'float8',
  error_code: 'text',
  error_name: 'text',
  error_message: 'text',
  calls: 'jsonb',
} as const

/** What an outcome replaces of a run under way. */
const REPLACED: ReadonlySet<string> = new Set(['state', 'attempt', 'progress_done', 'progress_total', 'progress_at'])
const KEPT = SHARED_COLUMNS.filter((column) => !REPLACED.has(column))

/**
 * Parameters: the scheduler, and the outcomes. Moves each run that is under way with the fence of its outcome to the
 * settled ones, and returns what its tally needs. Locks in the order of the ids; with `pass` it leaves out the rows
 * that another transaction has locked. `IS TRUE` keeps the planner from reading all runs of the scheduler instead of
 * those that are named. A locked row stays where it is, so that it is deleted there without another search.
 */
export function settleRuns({ underWay, settled }: Names, whenLocked: WhenLocked): string {
  return `
    WITH s AS (SELECT * FROM ${rowset(SETTLEMENT_SHAPE, 's', 2)}),
    ours AS (
      SELECT u.ctid AS place FROM s JOIN ${underWay} AS u ON u.id = s.id
      WHERE u.fence = s.fence AND (u.scheduler = $1) IS TRUE
      ORDER BY u.id
      ${lockClause(whenLocked, ' OF u')}
    ),
    gone AS (
      DELETE FROM ${underWay} AS u USING ours WHERE u.ctid = ours.place
      RETURNING ${columns(KEPT, (column) => `u.${column}`)}
    )
    INSERT INTO ${settled} AS l (
      ${KEPT.join(', ')}, kind, state, settled_at, attempt, duration_ms, items_processed, items_failed, items_skipped,
      progress_done, progress_total, progress_at, error_code, error_name, error_message, calls
    )
    SELECT
      ${columns(KEPT, (column) => `gone.${column}`)}, 'run', s.state, ${at('s.settled_at')}, s.attempt, s.duration_ms, s.items_processed,
      s.items_failed, s.items_skipped, s.progress_done, s.progress_total, ${at('s.progress_at')}, s.error_code,
      s.error_name, s.error_message, s.calls
    FROM gone JOIN s ON s.id = gone.id AND s.fence = gone.fence
    ORDER BY gone.seq
    RETURNING ${asText(own('l', ['id', 'fence', 'job', 'trigger', 'lateness_ms']))}`
}
