import { asText, bits, own } from './as-text.ts'
import { ms } from './instants.ts'

/** The columns of a row of the ledger `l`, as the readers expect them. */
export const LEDGER_COLUMNS = asText({
  ...own('l', ['seq', 'id', 'scheduler', 'job', 'kind', 'state', 'trigger', 'reason', 'due_count', 'attempt', 'fence']),
  ...own('l', ['owner', 'cancel_requested', 'lateness_ms', 'duration_ms']),
  ...own('l', ['items_processed', 'items_failed', 'items_skipped', 'error_code', 'error_name', 'error_message']),
  scheduled_for: ms('l.scheduled_for'),
  through: ms('l.through'),
  started_at: ms('l.started_at'),
  lease_until: ms('l.lease_until'),
  settled_at: ms('l.settled_at'),
  progress_done: bits('l.progress_done'),
  progress_total: bits('l.progress_total'),
  progress_at: ms('l.progress_at'),
})
