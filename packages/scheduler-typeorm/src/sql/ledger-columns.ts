import { OPEN_RUN_STATES } from '@pm/scheduler-core/store'

import { asText, bits, own } from './as-text.ts'
import { ms } from './instants.ts'
import type { Names } from './names.ts'

/** The states of a run under way, for `IN`. A hand may have written others. */
export const OPEN_STATES = OPEN_RUN_STATES.map((state) => `'${state}'`).join(', ')

/** The columns of an entry `l`, as the readers expect them. */
export const LEDGER_COLUMNS = asText({
  ...own('l', ['seq', 'id', 'scheduler', 'job', 'kind', 'state', 'trigger', 'reason', 'due_count', 'fence']),
  ...own('l', ['attempt', 'earlier_attempts', 'spent_ms']),
  ...own('l', ['owner', 'cancel_requested', 'lateness_ms', 'queue_wait_ms', 'duration_ms', 'calls', 'input']),
  ...own('l', [
    'items_processed',
    'items_failed',
    'items_skipped',
    'error_code',
    'error_name',
    'error_message',
    'error_more',
    'past_attempts',
  ]),
  scheduled_for: ms('l.scheduled_for'),
  through: ms('l.through'),
  started_at: ms('l.started_at'),
  lease_until: ms('l.lease_until'),
  queued_at: ms('l.queued_at'),
  settled_at: ms('l.settled_at'),
  next_attempt_at: ms('l.next_attempt_at'),
  released_at: ms('l.released_at'),
  progress_done: bits('l.progress_done'),
  progress_total: bits('l.progress_total'),
  progress_at: ms('l.progress_at'),
})

/** A table expression: the runs under way, or some rows of them, with the columns of an entry. */
export function underWayEntries({ underWay }: Pick<Names, 'underWay'>): string {
  const columns = [...SHARED_COLUMNS, ...SO_FAR, `'run' AS kind`, ...Object.entries(NOT_YET).map(nothing), ...UNDER_WAY]
  return `(SELECT ${columns.join(', ')} FROM ${underWay}) AS l`
}

/** A table expression: what is settled, with the columns of an entry. */
export function settledEntries({ settled }: Names): string {
  const columns = [
    ...SHARED_COLUMNS,
    ...SO_FAR,
    'kind',
    ...Object.keys(NOT_YET),
    ...Object.entries(NO_MORE).map(nothing),
  ]
  return `(SELECT ${columns.join(', ')} FROM ${settled}) AS l`
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
  'earlier_attempts',
  'fence',
  'owner',
  'started_at',
  'lease_until',
  'cancel_requested',
  'lateness_ms',
  'queued_at',
  'queue_wait_ms',
  'progress_done',
  'progress_total',
  'progress_at',
  'input',
] as const

/** What a run under way has of its attempts so far. Its outcome replaces it. */
const SO_FAR = ['error_code', 'error_name', 'error_message', 'error_more', 'calls', 'past_attempts'] as const

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
}

/** What only a run under way has. */
const NO_MORE = { next_attempt_at: 'timestamptz', released_at: 'timestamptz', spent_ms: 'bigint' }
const UNDER_WAY = Object.keys(NO_MORE)

/** The columns of an entry, in the order of both table expressions. */
export const ENTRY_COLUMNS = [...SHARED_COLUMNS, ...SO_FAR, 'kind', ...Object.keys(NOT_YET), ...UNDER_WAY]

function nothing([column, type]: readonly [string, string]): string {
  return `NULL::${type} AS ${column}`
}
