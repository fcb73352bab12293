import { at } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the instant before which no bucket is needed. Lifetime totals stay. */
export function deleteBuckets(names: Names, table: 'runTally' | 'callTally'): string {
  return `
    DELETE FROM ${names[table]}
    WHERE scheduler = $1 AND width = ANY ('{hour,minute}') AND bucket_start < ${at('$2')}`
}
