import { RUN_FACTS } from '@pm/scheduler-core/store'

import { asText } from './as-text.ts'
import { FOLD_LOCK } from './fold-deltas.ts'
import { at } from './instants.ts'
import type { Names } from './names.ts'
import { addExcluded, mergedColumns, tallyColumns } from './tally-columns.ts'

/** Parameters: the schema, and the scheduler. Waits until nobody folds deltas, and keeps others from it. */
export const KEEP_FROM_FOLDING = `SELECT ${asText({ locked: `pg_advisory_xact_lock(${FOLD_LOCK})` })}`

/**
 * Parameters: the scheduler, the job, and the job for the remainder. Moves the lifetime total, and drops the buckets.
 */
export function moveTotals({ runDelta, runTally }: Names): string {
  return `
    WITH delta AS (DELETE FROM ${runDelta} WHERE scheduler = $1 AND job = $2 RETURNING *),
    total AS (DELETE FROM ${runTally} WHERE scheduler = $1 AND job = $2 RETURNING *),
    t AS (
      SELECT ${tallyColumns(RUN_FACTS)} FROM total WHERE width = 'lifetime'
      UNION ALL
      SELECT ${tallyColumns(RUN_FACTS)} FROM delta
    )
    INSERT INTO ${runTally} (scheduler, width, bucket_start, job, ${tallyColumns(RUN_FACTS)})
    SELECT $1, 'lifetime', to_timestamp(0), $3, ${mergedColumns(RUN_FACTS, 't.')}
    FROM t
    HAVING count(*) > 0
    ON CONFLICT (scheduler, width, bucket_start, job) DO UPDATE SET ${addExcluded(runTally, RUN_FACTS)}`
}

/** Parameters: the scheduler, the job, the job for the remainder, and now. Does nothing for a job that is none. */
export function keepRemainder({ job }: Names): string {
  return `
    INSERT INTO ${job} (scheduler, job, cursor_at, since_at, retired_at)
    SELECT $1, $3, ${at('$4')}, ${at('$4')}, ${at('$4')} FROM ${job} AS j WHERE j.scheduler = $1 AND j.job = $2
    ON CONFLICT DO NOTHING`
}

/** Parameters: the scheduler, and the job. One statement for each table that names it. */
export function eraseJob({ settled, jobStat, definition, holding, job }: Names): readonly string[] {
  return [settled, jobStat, definition, holding, job].map(
    (table) => `DELETE FROM ${table} WHERE scheduler = $1 AND job = $2`,
  )
}
