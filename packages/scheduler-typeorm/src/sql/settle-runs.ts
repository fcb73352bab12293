import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'

export const SETTLEMENT_SHAPE = {
  id: 'uuid',
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
} as const

/** Parameters: the settlements. The caller has locked the rows. */
export function settleRuns({ ledger }: Names): string {
  return `
    UPDATE ${ledger} AS l
    SET state = s.state, settled_at = ${at('s.settled_at')}, attempt = s.attempt, duration_ms = s.duration_ms,
      items_processed = s.items_processed, items_failed = s.items_failed, items_skipped = s.items_skipped,
      progress_done = s.progress_done, progress_total = s.progress_total, progress_at = ${at('s.progress_at')},
      error_code = s.error_code, error_name = s.error_name, error_message = s.error_message
    FROM ${rowset(SETTLEMENT_SHAPE, 's', 1)}
    WHERE l.id = s.id`
}
