import { mayBecome, SETTLED_RUN_STATES } from '@pm/scheduler-core/store'

import { asText, own } from './as-text.ts'
import { at, ms } from './instants.ts'
import { SHARED_COLUMNS } from './ledger-columns.ts'
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
  error_more: 'jsonb',
  calls: 'jsonb',
  past_attempts: 'jsonb',
} as const

const OUTCOME = Object.keys(SETTLEMENT_SHAPE).filter((column) => column !== 'id' && column !== 'fence')
/** What a run keeps of its time under way. */
const KEPT = SHARED_COLUMNS.filter((column) => !OUTCOME.includes(column))

/**
 * Parameters: the scheduler, and the outcomes. Moves each run that is under way with the fence of its outcome to the
 * settled ones, unless it is queued and cannot end so, and returns what its tally needs. Leaves out the rows that another
 * transaction has locked, and may leave out one that was changed while the statement ran. `IS TRUE` keeps the planner from
 * reading all runs of the scheduler instead of those that are named. A locked row stays where it is, so that it is deleted
 * there without another search.
 */
export function settleRuns({ underWay, settled }: Names): string {
  const given = columns(OUTCOME, (column) => {
    if (column === 'past_attempts') return 'coalesce(s.past_attempts, u.past_attempts)'
    return INSTANTS.has(column) ? at(`s.${column}`) : `s.${column}`
  })
  return `
    WITH ours AS (
      SELECT u.ctid AS place, u.id, u.fence, u.state FROM ${underWay} AS u
      WHERE u.id = ANY ($2::uuid[]) AND (u.scheduler = $1) IS TRUE
      ORDER BY u.id
      FOR NO KEY UPDATE SKIP LOCKED
    ),
    gone (${[...KEPT, ...OUTCOME].join(', ')}) AS (
      DELETE FROM ${underWay} AS u
      USING ours JOIN ${rowset(SETTLEMENT_SHAPE, 's', 2)} ON s.id = ours.id AND s.fence = ours.fence
        AND (ours.state <> 'queued' OR s.state IN (${FROM_QUEUED}))
      WHERE u.ctid = ours.place
      RETURNING ${columns(KEPT, (column) => `u.${column}`)}, ${given}
    )
    INSERT INTO ${settled} AS l (kind, ${[...KEPT, ...OUTCOME].join(', ')})
    SELECT 'run', ${[...KEPT, ...OUTCOME].join(', ')} FROM gone ORDER BY seq
    RETURNING ${RETURNED}`
}

/** How a queued run may end. */
const FROM_QUEUED = columns(
  SETTLED_RUN_STATES.filter((state) => mayBecome('queued', state)),
  (state) => `'${state}'`,
)

const RETURNED = asText({
  ...own('l', ['id', 'fence', 'job', 'trigger', 'lateness_ms', 'queue_wait_ms', 'earlier_attempts']),
  scheduled_for: ms('l.scheduled_for'),
})

const INSTANTS: ReadonlySet<string> = new Set(['settled_at', 'progress_at'])
