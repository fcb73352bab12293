import { CALL_FACTS } from '@pm/scheduler-core'

import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'
import { addExcluded, tallyColumns, tallyShape } from './tally-columns.ts'

export const CALL_TALLY_SHAPE = {
  width: 'text',
  bucket_start: 'float8',
  name: 'text',
  last_success_at: 'float8',
  ...tallyShape(CALL_FACTS),
} as const

/** Parameters: the scheduler, and the tallies to add. One order for everybody: no deadlock. */
export function upsertCallTallies({ callTally }: Names): string {
  return `
    INSERT INTO ${callTally} (
      scheduler, width, bucket_start, provider, last_success_at, ${tallyColumns(CALL_FACTS)}
    )
    SELECT $1, t.width, ${at('t.bucket_start')}, t.name, ${at('t.last_success_at')},
      ${tallyColumns(CALL_FACTS, 't.')}
    FROM ${rowset(CALL_TALLY_SHAPE, 't', 2)}
    ORDER BY t.width COLLATE "C", t.bucket_start, t.name COLLATE "C"
    ON CONFLICT (scheduler, width, bucket_start, provider) DO UPDATE SET
      last_success_at = greatest(${callTally}.last_success_at, excluded.last_success_at),
      ${addExcluded(callTally, CALL_FACTS)}`
}
