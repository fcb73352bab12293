import { asText, bits, own } from './as-text.ts'
import { ms } from './instants.ts'
import type { Names } from './names.ts'

/** The columns of an entry `l`, as the readers expect them. */
export const LEDGER_COLUMNS = asText({
  ...own('l', ['seq', 'id', 'scheduler', 'job', 'kind', 'state', 'trigger', 'reason', 'due_count', 'attempt', 'fence']),
  ...own('l', ['owner', 'cancel_requested', 'lateness_ms', 'duration_ms', 'calls']),
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

/** A table expression: the runs under way, with the columns of a settled entry. */
export function underWayEntries({ underWay }: Names): string {
  const columns = [...SHARED_COLUMNS, `'run' AS kind`, ...Object.entries(NOT_YET).map(nothing)]
  return `(SELECT ${columns.join(', ')} FROM ${underWay}) AS l`
}

/** The columns that a run has from its claim on, and keeps when it settles. */
export const SHARED_COLUMNS = [
  'seq',
  'id',
  'scheduler',
  'job',
  'state',
  'trigger',
  'scheduled_for',
  'attempt',
  'fence',
  'owner',
  'started_at',
  'lease_until',
  'cancel_requested',
  'lateness_ms',
  'progress_done',
  'progress_total',
  'progress_at',
] as const

/** What a run under way does not have yet, or never has. */
const NOT_YET = {
  reason: 'text',
  through: 'timestamptz',
  due_count: 'bigint',
  settled_at: 'timestamptz',
  duration_ms: 'bigint',
  items_processed: 'bigint',
  items_failed: 'bigint',
  items_skipped: 'bigint',
  error_code: 'text',
  error_name: 'text',
  error_message: 'text',
  calls: 'jsonb',
}

/** The stored columns of an entry, in the order of `underWayEntries`. */
export const ENTRY_COLUMNS = [...SHARED_COLUMNS, 'kind', ...Object.keys(NOT_YET)]

function nothing([column, type]: readonly [string, string]): string {
  return `NULL::${type} AS ${column}`
}
