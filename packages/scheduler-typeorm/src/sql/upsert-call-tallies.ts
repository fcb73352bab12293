import { CALL_FACTS } from '@pm/scheduler-core/store'

import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'
import { BUCKETS_OF_MINUTE } from './tally-buckets.ts'
import { addExcluded, mergedColumns, tallyColumns, tallyShape } from './tally-columns.ts'

export const CALL_TALLY_SHAPE = {
  bucket_start: 'float8',
  name: 'text',
  last_success_at: 'float8',
  ...tallyShape(CALL_FACTS),
} as const

/**
 * Parameters: the scheduler, and the tallies of minutes to add. All callers write in the same order, so that none
 * deadlocks.
 */
export function upsertCallTallies({ callTally }: Names): string {
  return `
    INSERT INTO ${callTally} (
      scheduler, width, bucket_start, provider, last_success_at, ${tallyColumns(CALL_FACTS)}
    )
    SELECT $1, bucket.width, ${at('bucket.starts')}, t.name, ${at('max(t.last_success_at)')},
      ${mergedColumns(CALL_FACTS, 't.')}
    FROM ${rowset(CALL_TALLY_SHAPE, 't', 2)}, ${BUCKETS_OF_MINUTE}
    GROUP BY bucket.width, bucket.starts, t.name
    ORDER BY bucket.width COLLATE "C", bucket.starts, t.name COLLATE "C"
    ON CONFLICT (scheduler, width, bucket_start, provider) DO UPDATE SET
      last_success_at = greatest(${callTally}.last_success_at, excluded.last_success_at),
      ${addExcluded(callTally, CALL_FACTS)}`
}
