import type { Names } from '../sql/names.ts'

// The words and counters of the first release, spelt out: what a step makes must never change with the code.
const DESIRED_STATES = ['running', 'paused', 'stopped']
const LEDGER_STATES = [
  'running',
  'succeeded',
  'failed',
  'timed_out',
  'orphaned',
  'cancelled',
  'skipped',
  'missed',
  'suppressed',
]
const RUN_TRIGGERS = ['schedule', 'manual', 'backfill', 'rerun']
const SKIP_REASONS = ['overlap', 'excluded']
const RUN_COUNTERS = [
  'succeeded',
  'failed',
  'timed_out',
  'orphaned',
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
]
const CALL_COUNTERS = ['calls', 'answered', 'succeeded', 'failed', 'rate_limited', 'served_as_fallback', 'answered_ms']

/**
 * The first version of every table. Names are compared byte by byte (COLLATE "C"), so that the order in which rows
 * are locked is the same on every server.
 */
export function createTables(names: Names): readonly string[] {
  return [...controlTables(names), ...ledgerTables(names), ...tallyTables(names)]
}

function controlTables({ scheduler, job, jobStat, controlLog, instance }: Names): string[] {
  return [
    `CREATE TABLE ${scheduler} (
      scheduler text COLLATE "C" PRIMARY KEY,
      since timestamptz NOT NULL,
      version bigint NOT NULL,
      desired text NOT NULL CHECK (desired IN (${list(DESIRED_STATES)})),
      desired_at timestamptz NOT NULL,
      desired_by text NOT NULL,
      desired_why text,
      paused_until timestamptz,
      paused_jobs jsonb NOT NULL DEFAULT '{}'
    )`,
    `COMMENT ON TABLE ${scheduler} IS 'What operators want of each scheduler'`,
    `CREATE TABLE ${job} (
      scheduler text COLLATE "C" NOT NULL REFERENCES ${scheduler},
      job text COLLATE "C" NOT NULL,
      cursor_at timestamptz NOT NULL,
      PRIMARY KEY (scheduler, job)
    ) WITH (fillfactor = 70)`,
    `COMMENT ON COLUMN ${job}.cursor_at IS 'Every due time up to and including this instant is accounted for'`,
    // Apart from the jobs: a cursor moves with every tick, and carries nothing else along.
    `CREATE TABLE ${jobStat} (
      scheduler text COLLATE "C" NOT NULL,
      job text COLLATE "C" NOT NULL,
      last_run_at timestamptz,
      last_success_at timestamptz,
      last_failure_at timestamptz,
      consecutive_failures bigint NOT NULL,
      PRIMARY KEY (scheduler, job)
    ) WITH (fillfactor = 70)`,
    `CREATE TABLE ${controlLog} (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      scheduler text COLLATE "C" NOT NULL,
      logged_at timestamptz NOT NULL,
      kind text NOT NULL,
      by text NOT NULL,
      why text,
      job text COLLATE "C",
      run_id uuid,
      until timestamptz,
      version bigint NOT NULL,
      UNIQUE (scheduler, version)
    )`,
    `COMMENT ON TABLE ${controlLog} IS 'Who commanded what, when and why'`,
    `CREATE TABLE ${instance} (
      scheduler text COLLATE "C" NOT NULL,
      instance text COLLATE "C" NOT NULL,
      first_seen_at timestamptz NOT NULL,
      last_seen_at timestamptz NOT NULL,
      PRIMARY KEY (scheduler, instance)
    ) WITH (fillfactor = 70)`,
  ]
}

function ledgerTables({ ledger, runCall }: Names): string[] {
  return [
    `CREATE TABLE ${ledger} (
      seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id uuid NOT NULL UNIQUE,
      scheduler text COLLATE "C" NOT NULL,
      job text COLLATE "C" NOT NULL,
      kind text NOT NULL CHECK (kind IN ('run', 'unrun')),
      state text NOT NULL CHECK (state IN (${list(LEDGER_STATES)})),
      trigger text NOT NULL CHECK (trigger IN (${list(RUN_TRIGGERS)})),
      reason text CHECK (reason IN (${list(SKIP_REASONS)})),
      scheduled_for timestamptz,
      through timestamptz,
      due_count bigint,
      attempt int,
      fence bigint,
      owner text,
      started_at timestamptz,
      lease_until timestamptz,
      cancel_requested boolean NOT NULL DEFAULT false,
      settled_at timestamptz,
      lateness_ms bigint,
      duration_ms bigint,
      items_processed bigint,
      items_failed bigint,
      items_skipped bigint,
      error_code text,
      error_name text,
      error_message text,
      CHECK ((settled_at IS NULL) = (state = 'running')),
      CHECK (CASE kind
        WHEN 'run' THEN num_nulls(attempt, fence, owner, started_at, lease_until) = 0
        ELSE num_nulls(scheduled_for, through, due_count) = 0
      END)
    )`,
    `COMMENT ON TABLE ${ledger} IS 'One row per run, or per unbroken range of due times that never ran'`,
    // The one mechanism that keeps a due time from running twice. An unrun range holds the key of its first due time.
    `CREATE UNIQUE INDEX ledger_due_time ON ${ledger} (scheduler, job, scheduled_for) WHERE trigger = 'schedule'`,
    `CREATE INDEX ledger_settled ON ${ledger} (scheduler, settled_at) WHERE settled_at IS NOT NULL`,
    // Without lease_until, so that renewing a lease touches no index.
    `CREATE INDEX ledger_running ON ${ledger} (scheduler, job, started_at) WHERE state = 'running'`,
    `CREATE INDEX ledger_of_job ON ${ledger} (scheduler, job, seq)`,
    `CREATE TABLE ${runCall} (
      run_id uuid NOT NULL,
      provider text COLLATE "C" NOT NULL,
      scheduler text COLLATE "C" NOT NULL,
      settled_at timestamptz NOT NULL,
      ${counters(CALL_COUNTERS)},
      PRIMARY KEY (run_id, provider)
    )`,
    `COMMENT ON TABLE ${runCall} IS 'What each run asked of each provider'`,
    `CREATE INDEX run_call_settled ON ${runCall} (scheduler, settled_at)`,
  ]
}

function tallyTables({ runTally, callTally }: Names): string[] {
  const key = `
    scheduler text COLLATE "C" NOT NULL,
    width text COLLATE "C" NOT NULL CHECK (width IN ('lifetime', 'hour', 'minute')),
    bucket_start timestamptz NOT NULL`
  // Half-empty pages: a bucket is updated many times, and a new version that fits beside the old touches no index.
  const room = 'WITH (fillfactor = 50)'
  return [
    `CREATE TABLE ${runTally} (
      ${key},
      job text COLLATE "C" NOT NULL,
      ${counters(RUN_COUNTERS)},
      PRIMARY KEY (scheduler, width, bucket_start, job)
    ) ${room}`,
    `COMMENT ON TABLE ${runTally} IS 'Sums over (bucket_start, bucket_start + width]; lifetime starts at the epoch'`,
    `CREATE TABLE ${callTally} (
      ${key},
      provider text COLLATE "C" NOT NULL,
      last_success_at timestamptz,
      ${counters(CALL_COUNTERS)},
      PRIMARY KEY (scheduler, width, bucket_start, provider)
    ) ${room}`,
    `COMMENT ON TABLE ${callTally} IS 'Sums over (bucket_start, bucket_start + width]; lifetime starts at the epoch'`,
  ]
}

function counters(names: readonly string[]): string {
  return names.map((name) => `${name} bigint NOT NULL`).join(',\n      ')
}

function list(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ')
}
