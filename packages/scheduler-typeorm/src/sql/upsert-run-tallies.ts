import { addExcluded, bigintShape, columns, RUN_COUNTERS } from './counter-columns.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'

export const RUN_TALLY_SHAPE = {
  width: 'text',
  bucket_start: 'float8',
  name: 'text',
  ...bigintShape(RUN_COUNTERS),
} as const

/** Parameters: the scheduler, and the tallies to add. One order for everybody: no deadlock. */
export function upsertRunTallies({ runTally }: Names): string {
  return `
    INSERT INTO ${runTally} (scheduler, width, bucket_start, job, ${columns(RUN_COUNTERS, (c) => c)})
    SELECT $1, t.width, ${at('t.bucket_start')}, t.name, ${columns(RUN_COUNTERS, (c) => `t.${c}`)}
    FROM ${rowset(RUN_TALLY_SHAPE, 't', 2)}
    ORDER BY t.width COLLATE "C", t.bucket_start, t.name COLLATE "C"
    ON CONFLICT (scheduler, width, bucket_start, job) DO UPDATE SET ${addExcluded(runTally, RUN_COUNTERS)}`
}
