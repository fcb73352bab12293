import { ms } from './instants.ts'

/** A row of the ledger `l` as the readers take it. */
export const LEDGER_COLUMNS = `
  l.seq, l.id, l.scheduler, l.job, l.kind, l.state, l.trigger, l.reason, ${ms('l.scheduled_for')} AS scheduled_for,
  ${ms('l.through')} AS through, l.due_count, l.attempt, l.fence, l.owner, ${ms('l.started_at')} AS started_at,
  ${ms('l.lease_until')} AS lease_until, l.cancel_requested::text AS cancel_requested, ${ms('l.settled_at')} AS settled_at, l.lateness_ms,
  l.duration_ms, l.items_processed, l.items_failed, l.items_skipped, l.progress_done, l.progress_total,
  ${ms('l.progress_at')} AS progress_at, l.error_code, l.error_name, l.error_message`
