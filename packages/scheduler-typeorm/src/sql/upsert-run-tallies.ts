import { RUN_FACTS } from '@pm/scheduler-core/store'

import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'
import { BUCKETS_OF_MINUTE } from './tally-buckets.ts'
import { addExcluded, mergedColumns, tallyColumns, tallyShape } from './tally-columns.ts'

export const RUN_TALLY_SHAPE = {
  bucket_start: 'float8',
  name: 'text',
  ...tallyShape(RUN_FACTS),
} as const

/**
 * Parameters: the scheduler, and the tallies of minutes to add. All callers write in the same order, so that none
 * deadlocks.
 */
export function upsertRunTallies({ runTally }: Names): string {
  return `
    INSERT INTO ${runTally} (scheduler, width, bucket_start, job, ${tallyColumns(RUN_FACTS)})
    SELECT $1, bucket.width, ${at('bucket.starts')}, t.name, ${mergedColumns(RUN_FACTS, 't.')}
    FROM ${rowset(RUN_TALLY_SHAPE, 't', 2)}, ${BUCKETS_OF_MINUTE}
    GROUP BY bucket.width, bucket.starts, t.name
    ORDER BY bucket.width COLLATE "C", bucket.starts, t.name COLLATE "C"
    ON CONFLICT (scheduler, width, bucket_start, job) DO UPDATE SET ${addExcluded(runTally, RUN_FACTS)}`
}
