import { CALL_COUNTERS, CALL_FACTS, histogramBucketOf, RUN_COUNTERS, RUN_FACTS } from '@pm/scheduler-core/store'
import type { DataSource } from 'typeorm'
import { toHistogramNumber } from '../src/sql/histogram-number.ts'
import type { Names } from '../src/sql/names.ts'
import { LEDGER_ROW_COUNTERS, tallyColumns } from '../src/sql/tally-columns.ts'

export interface History {
  readonly scheduler: string
  readonly jobs: number
  /** Settled runs, evenly spread over the jobs and over the time up to `until`. */
  readonly runs: number
  readonly everyMs: number
  readonly until: number
}

/** Writes settled runs, their calls to two providers, and all aggregates, as a scheduler would. */
export async function fillHistory(dataSource: DataSource, names: Names, history: History): Promise<void> {
  const { scheduler, jobs, runs, everyMs, until } = history
  const { settled, runTally, callTally, job, jobStat } = names
  await dataSource.query(
    `INSERT INTO ${names.scheduler} (scheduler, since, version, desired, desired_at, desired_by)
     VALUES ($1, to_timestamp(0), 0, 'running', to_timestamp(0), 'system')`,
    [scheduler],
  )
  await dataSource.query(
    `INSERT INTO ${job} (scheduler, job, cursor_at, since_at) SELECT $1, 'job-' || n, to_timestamp($2::float8 / 1000),
       to_timestamp($2::float8 / 1000) FROM generate_series(0, $3::int - 1) n`,
    [scheduler, until, jobs],
  )
  await dataSource.query(
    `INSERT INTO ${settled} (seq, id, scheduler, job, kind, state, trigger, scheduled_for, attempt, fence, owner,
       started_at, lease_until, settled_at, lateness_ms, duration_ms, items_processed, items_failed, items_skipped, calls)
     SELECT n, gen_random_uuid(), $1, 'job-' || n % $2::int, 'run',
       CASE WHEN n % 50 = 0 THEN 'failed' ELSE 'succeeded' END, 'schedule', due, 1, 1, 'bench', due, due,
       due + interval '137 milliseconds', 12, 125, 8, 0, 0, ${CALLS}
     FROM (
       SELECT n, to_timestamp(($3::float8 - ($4::float8 - n) * $5::float8) / 1000) AS due
       FROM generate_series(1, $4::int) n
     ) AS due_times
     ORDER BY n`,
    [scheduler, jobs, until, runs, everyMs],
  )
  await dataSource.query(
    `INSERT INTO ${jobStat} (scheduler, job, last_run_at, last_success_at, consecutive_failures)
     SELECT scheduler, job, max(settled_at), max(settled_at), 0
     FROM ${settled} WHERE scheduler = $1 GROUP BY 1, 2`,
    [scheduler],
  )
  for (const [width, start] of Object.entries(BUCKETS)) {
    const sums = RUN_COUNTERS.map((counter) => `sum(${LEDGER_ROW_COUNTERS[counter]})`)
    await dataSource.query(
      `INSERT INTO ${runTally} (scheduler, width, bucket_start, job, ${tallyColumns(RUN_FACTS)})
       SELECT l.scheduler, '${width}', ${start}, l.job, ${sums.join(', ')},
         125, ${histogramOf(125)} * count(*), 12, ${histogramOf(12)} * count(*), NULL, 0
       FROM ${settled} AS l WHERE l.scheduler = $1 GROUP BY 1, 3, 4 ORDER BY 3, 4`,
      [scheduler],
    )
    const calls = CALL_COUNTERS.map((counter) => `sum(c.${counter})`)
    await dataSource.query(
      `INSERT INTO ${callTally} (
         scheduler, width, bucket_start, provider, last_success_at, ${tallyColumns(CALL_FACTS)}
       )
       SELECT l.scheduler, '${width}', ${start}, c.provider, max(l.settled_at), ${calls.join(', ')},
         150, ${histogramOf(150)} * 8 * count(*)
       FROM ${settled} AS l, jsonb_to_recordset(l.calls) AS c (
         provider text, ${CALL_COUNTERS.map((counter) => `${counter} bigint`).join(', ')}
       )
       WHERE l.scheduler = $1 GROUP BY 1, 3, 4 ORDER BY 3, 4`,
      [scheduler],
    )
  }
  await dataSource.query('VACUUM ANALYZE')
}

/** One value as a histogram. */
function histogramOf(value: number): string {
  return `${toHistogramNumber([histogramBucketOf(value), 1])}::numeric`
}

/** The calls of each run to two providers, as they are stored with it. */
const CALLS = `'${JSON.stringify(
  ['yahoo_finance', 'alpha_vantage'].map((provider) => ({
    provider,
    calls: 8,
    answered: 8,
    succeeded: 8,
    failed: 0,
    rate_limited: 0,
    served_as_fallback: 0,
    answered_ms: 1_200,
    answered_ms_max: 150,
    answered_ms_histogram: [histogramBucketOf(150), 8],
  })),
)}'::jsonb`

const MICROSECOND = `interval '1 microsecond'`

/** Buckets are open below and closed above. */
const BUCKETS = {
  lifetime: 'to_timestamp(0)',
  hour: `date_trunc('hour', l.settled_at - ${MICROSECOND})`,
  minute: `date_trunc('minute', l.settled_at - ${MICROSECOND})`,
}
