import type { Names } from '../sql/names.ts'

const RUN_COUNTERS = [
  'succeeded',
  'failed',
  'timed_out',
  'orphaned',
  'interrupted',
  'cancelled',
  'partial',
  'attempts',
  'due_started',
  'skipped_overlap',
  'skipped_excluded',
  'missed',
  'suppressed',
  'items_processed',
  'items_failed',
  'items_skipped',
  'timed_runs',
  'duration_ms',
  'due_runs',
  'lateness_ms',
  'queue_waits',
  'queue_wait_ms',
]
const CALL_COUNTERS = ['calls', 'answered', 'succeeded', 'failed', 'rate_limited', 'served_as_fallback', 'answered_ms']

const runCounters = counters(RUN_COUNTERS, ['duration_ms', 'lateness_ms', 'queue_wait_ms'])
const callCounters = counters(CALL_COUNTERS, ['answered_ms'])

/**
 * The counters of runs and of provider calls: lifetime totals, hourly and minute buckets. A batch of outcomes appends
 * what it adds to the tables of deltas, which blocks nobody; from there they are folded into the buckets.
 */
export function tallyTables({ runTally, callTally, runDelta, callDelta }: Names): readonly string[] {
  const key = `
    scheduler text COLLATE "C" NOT NULL,
    width text COLLATE "C" NOT NULL CHECK (width IN ('lifetime', 'hour', 'minute')),
    bucket_start timestamptz NOT NULL`
  // Pages are filled by half: a bucket is updated many times, and an update within the same page touches no index
  // (HOT).
  const room = 'WITH (fillfactor = 50)'
  // The server cleans these tables early and at full speed: their rows live for seconds.
  const shortLived = `WITH (
      autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0
    )`
  return [
    `CREATE TABLE ${runTally} (
      ${key},
      job text COLLATE "C" NOT NULL,
      ${runCounters.columns},
      PRIMARY KEY (scheduler, width, bucket_start, job)
    ) ${room}`,
    `COMMENT ON TABLE ${runTally} IS 'Sums over (bucket_start, bucket_start + width]; lifetime starts at the epoch'`,
    ...runCounters.comments(runTally),
    `CREATE TABLE ${callTally} (
      ${key},
      provider text COLLATE "C" NOT NULL,
      last_success_at timestamptz,
      ${callCounters.columns},
      PRIMARY KEY (scheduler, width, bucket_start, provider)
    ) ${room}`,
    `COMMENT ON TABLE ${callTally} IS 'Sums over (bucket_start, bucket_start + width]; lifetime starts at the epoch'`,
    ...callCounters.comments(callTally),
    `CREATE TABLE ${runDelta} (
      scheduler text COLLATE "C" NOT NULL,
      id bigint GENERATED ALWAYS AS IDENTITY,
      bucket_start timestamptz NOT NULL,
      job text COLLATE "C" NOT NULL,
      last_run_at timestamptz,
      last_success_at timestamptz,
      last_failure_at timestamptz,
      last_outcome text,
      last_error_code text,
      consecutive_failures bigint NOT NULL,
      unmet_from timestamptz,
      unmet_through timestamptz,
      ${runCounters.columns},
      PRIMARY KEY (scheduler, job, id)
    ) ${shortLived}`,
    `COMMENT ON TABLE ${runDelta} IS 'What batches of outcomes add to a minute of run_tally and to job_stat'`,
    `CREATE TABLE ${callDelta} (
      scheduler text COLLATE "C" NOT NULL,
      id bigint GENERATED ALWAYS AS IDENTITY,
      bucket_start timestamptz NOT NULL,
      provider text COLLATE "C" NOT NULL,
      last_success_at timestamptz,
      ${callCounters.columns},
      PRIMARY KEY (scheduler, id)
    ) ${shortLived}`,
    `COMMENT ON TABLE ${callDelta} IS 'What batches of outcomes add to a minute of call_tally'`,
  ]
}

/** One column for each counter; for each measure also its maximum, and its histogram packed into one number. */
function counters(names: readonly string[], measured: readonly string[]) {
  const sums = names.map((name) => `${name} bigint NOT NULL`)
  const spreads = measured.flatMap((name) => [`${name}_max bigint`, `${name}_histogram numeric NOT NULL DEFAULT 0`])
  return {
    columns: [...sums, ...spreads].join(',\n      '),
    comments: (table: string) =>
      measured.map(
        (name) => `COMMENT ON COLUMN ${table}.${name}_histogram IS
          'Sixteen decimal digits for each logarithmic bucket, the first bucket in the last ones'`,
      ),
  }
}
