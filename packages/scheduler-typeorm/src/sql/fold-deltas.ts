import { CALL_FACTS, RUN_FACTS } from '@pm/scheduler-core/store'

import { asText, own } from './as-text.ts'
import { addedCount, storedSum } from './bounded-counts.ts'
import type { Names } from './names.ts'
import { addExcluded, mergedColumns, tallyColumns } from './tally-columns.ts'

/** The key of the lock of whoever folds deltas. Parameters: the schema, and the scheduler. */
export const FOLD_LOCK = 'hashtextextended($1 || chr(31) || $2, 1836247099)'

/**
 * Parameters: the schema, and the scheduler. Whether this unit may fold: one at a time does, so that two do not wait
 * for each other's buckets.
 */
export const TRY_TO_FOLD = `SELECT ${asText({ mine: `pg_try_advisory_xact_lock(${FOLD_LOCK})` })}`

/** The buckets that the deltas `t` of a minute count for: their minute, the hour that contains it, and the lifetime. */
const BUCKETS = `LATERAL (VALUES
      ('lifetime', to_timestamp(0)),
      ('hour', to_timestamp(floor(extract(epoch FROM t.bucket_start) / 3600) * 3600)),
      ('minute', t.bucket_start)
    ) AS bucket (width, starts)`

/**
 * Parameters: the scheduler, a place (a job and the id of a delta), and a number. The slice is this many deltas after the
 * place. Returns the place of its last delta, and how many there are; no row when there are no more.
 */
export function selectSlice({ runDelta }: Names): string {
  return `
    SELECT ${asText({ ...own('slice', ['job', 'id']), deltas: 'count(*) OVER ()' })}
    FROM (${slice(runDelta, 'job, id', 'scheduler = $1')}) AS slice
    ORDER BY slice.job DESC, slice.id DESC LIMIT 1`
}

function slice(deltas: string, columns: string, within: string): string {
  return `SELECT ${columns} FROM ${deltas} WHERE ${within} AND (job, id) > ($2, $3::bigint) ORDER BY job, id LIMIT $4`
}

/**
 * Parameters as in `selectSlice`, and the last job of the slice. Moves the deltas of the slice into the totals and buckets
 * of its jobs, and into their statistics. A slice may end within a job: what remains was written later.
 */
export function foldRunDeltas(names: Names): string {
  const { runDelta, runTally, jobStat } = names
  const found = slice(runDelta, 'ctid', 'scheduler = $1 AND job <= $5')
  const both = { one: jobStat, other: 'excluded' }
  const lengthened = addedCount(`${jobStat}.consecutive_failures`, 'excluded.consecutive_failures')
  return `
    WITH delta AS (DELETE FROM ${runDelta} WHERE ctid = ANY (ARRAY(${found})) RETURNING *),
    t AS (SELECT job, bucket_start, ${mergedColumns(RUN_FACTS, '')} FROM delta GROUP BY job, bucket_start),
    stats AS (
      INSERT INTO ${jobStat} (
        scheduler, job, last_run_at, last_success_at, last_failure_at, consecutive_failures, last_outcome,
        last_error_code, unmet_from, unmet_through
      )
      SELECT $1, d.* FROM (${mergedStats('delta')}) AS d
      WHERE d.last_run_at IS NOT NULL OR d.unmet_from IS NOT NULL
      ORDER BY d.job COLLATE "C"
      ON CONFLICT (scheduler, job) DO UPDATE SET
        last_run_at = greatest(${jobStat}.last_run_at, excluded.last_run_at),
        last_success_at = greatest(${jobStat}.last_success_at, excluded.last_success_at),
        last_failure_at = greatest(${jobStat}.last_failure_at, excluded.last_failure_at),
        consecutive_failures = CASE WHEN excluded.last_success_at IS NULL
          THEN ${lengthened} ELSE excluded.consecutive_failures END,
        last_outcome = ${laterOf('last_outcome', 'last_run_at', [jobStat, 'excluded'])},
        last_error_code = ${laterOf('last_error_code', 'last_failure_at', [jobStat, 'excluded'])},
        unmet_from = ${mergedUnmet('least', 'unmet_from', both)},
        unmet_through = ${mergedUnmet('greatest', 'unmet_through', both)}
    )
    INSERT INTO ${runTally} (scheduler, width, bucket_start, job, ${tallyColumns(RUN_FACTS)})
    SELECT $1, bucket.width, bucket.starts, t.job, ${mergedColumns(RUN_FACTS, 't.')}
    FROM t, ${BUCKETS}
    GROUP BY bucket.width, bucket.starts, t.job
    ORDER BY bucket.width COLLATE "C", bucket.starts, t.job COLLATE "C"
    ON CONFLICT (scheduler, width, bucket_start, job) DO UPDATE SET ${addExcluded(runTally, RUN_FACTS)}`
}

/** Parameters: the scheduler. Moves its deltas into the totals and buckets of its providers. */
export function foldCallDeltas({ callDelta, callTally }: Names): string {
  return `
    WITH delta AS (DELETE FROM ${callDelta} WHERE scheduler = $1 RETURNING *),
    t AS (
      SELECT provider, bucket_start, max(last_success_at) AS last_success_at, ${mergedColumns(CALL_FACTS, '')}
      FROM delta GROUP BY provider, bucket_start
    )
    INSERT INTO ${callTally} (
      scheduler, width, bucket_start, provider, last_success_at, ${tallyColumns(CALL_FACTS)}
    )
    SELECT $1, bucket.width, bucket.starts, t.provider, max(t.last_success_at), ${mergedColumns(CALL_FACTS, 't.')}
    FROM t, ${BUCKETS}
    GROUP BY bucket.width, bucket.starts, t.provider
    ORDER BY bucket.width COLLATE "C", bucket.starts, t.provider COLLATE "C"
    ON CONFLICT (scheduler, width, bucket_start, provider) DO UPDATE SET
      last_success_at = greatest(${callTally}.last_success_at, excluded.last_success_at),
      ${addExcluded(callTally, CALL_FACTS)}`
}

/**
 * A query for the statistics of each job that deltas add up to, in the order in which the deltas were written: a
 * success ends the failures before it.
 */
export function mergedStats(deltas: string): string {
  const sinceSuccess = 'CASE WHEN r.id >= coalesce(r.reset, 0) THEN r.consecutive_failures ELSE 0 END'
  return `
      SELECT r.job, max(r.last_run_at) AS last_run_at, max(r.last_success_at) AS last_success_at,
        max(r.last_failure_at) AS last_failure_at, ${storedSum(sinceSuccess)} AS consecutive_failures,
        ${lastOf('last_outcome', 'last_run_at')} AS last_outcome,
        ${lastOf('last_error_code', 'last_failure_at')} AS last_error_code,
        min(r.unmet_from) FILTER (WHERE r.unmet_through > coalesce(r.success, '-infinity')) AS unmet_from,
        max(r.unmet_through) FILTER (WHERE r.unmet_through > coalesce(r.success, '-infinity')) AS unmet_through
      FROM (
        SELECT *, max(id) FILTER (WHERE last_success_at IS NOT NULL) OVER (PARTITION BY job) AS reset,
          max(last_success_at) OVER (PARTITION BY job) AS success
        FROM ${deltas}
      ) AS r
      GROUP BY r.job`
}

/** The value of the delta `r` with the latest instant; of several, of the one that was written last. */
function lastOf(value: string, instant: string): string {
  return `(array_agg(r.${value} ORDER BY r.${instant} DESC, r.id DESC) FILTER (WHERE r.${instant} IS NOT NULL))[1]`
}

/** The value of the row with the later instant: of `after`, unless it has none or an earlier one than `before`. */
export function laterOf(value: string, instant: string, [before, after]: readonly [string, string]): string {
  return `CASE WHEN ${after}.${instant} IS NULL OR ${before}.${instant} > ${after}.${instant}
          THEN ${before}.${value} ELSE ${after}.${value} END`
}

/**
 * The due times without success of two statistics of a job, without those before the later success of the two. Either of
 * the two may be the earlier one.
 */
export function mergedUnmet(
  pick: 'least' | 'greatest',
  column: 'unmet_from' | 'unmet_through',
  { one, other }: { readonly one: string; readonly other: string },
): string {
  const success = `coalesce(greatest(${one}.last_success_at, ${other}.last_success_at), '-infinity')`
  const left = (of: string) => `CASE WHEN ${of}.unmet_through > ${success} THEN ${of}.${column} END`
  return `${pick}(${left(one)}, ${left(other)})`
}
