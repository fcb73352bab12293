import { RUN_FACTS } from '@pm/scheduler-core'

import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'
import { addExcluded, tallyColumns, tallyShape } from './tally-columns.ts'

export const RUN_TALLY_SHAPE = {
  width: 'text',
  bucket_start: 'float8',
  name: 'text',
  ...tallyShape(RUN_FACTS),
} as const

/** Parameters: the scheduler, and the tallies to add. One order for everybody: no deadlock. */
export function upsertRunTallies({ runTally }: Names): string {
  return `
    INSERT INTO ${runTally} (scheduler, width, bucket_start, job, ${tallyColumns(RUN_FACTS)})
    SELECT $1, t.width, ${at('t.bucket_start')}, t.name, ${tallyColumns(RUN_FACTS, 't.')}
    FROM ${rowset(RUN_TALLY_SHAPE, 't', 2)}
    ORDER BY t.width COLLATE "C", t.bucket_start, t.name COLLATE "C"
    ON CONFLICT (scheduler, width, bucket_start, job) DO UPDATE SET ${addExcluded(runTally, RUN_FACTS)}`
}
