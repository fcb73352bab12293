import type { Names } from '../sql/names.ts'
import { words } from './words.ts'

const SETTLED_STATES = [
  'succeeded',
  'failed',
  'timed_out',
  'orphaned',
  'interrupted',
  'cancelled',
  'skipped',
  'missed',
  'suppressed',
]
const TRIGGERS = ['schedule', 'manual', 'backfill', 'rerun']
const SKIP_REASONS = ['overlap', 'excluded']

/**
 * The ledger, as the work is: a small table of what is under way, whose rows change often and are deleted, and a large
 * one of what is settled, whose rows are written once and dropped by the day.
 */
export function ledgerTables(names: Names): readonly string[] {
  return [...underWayTable(names), ...settledTable(names)]
}

function underWayTable({ underWay }: Names): readonly string[] {
  return [
    // The table stays small while its rows come and go quickly: the server cleans it early and at full speed.
    `CREATE TABLE ${underWay} (
      id uuid PRIMARY KEY,
      seq bigint GENERATED ALWAYS AS IDENTITY,
      scheduled_for timestamptz,
      started_at timestamptz NOT NULL,
      lease_until timestamptz NOT NULL,
      fence bigint NOT NULL,
      lateness_ms bigint,
      queued_at timestamptz,
      queue_wait_ms bigint,
      next_attempt_at timestamptz,
      released_at timestamptz,
      spent_ms bigint NOT NULL DEFAULT 0,
      progress_done float8,
      progress_total float8,
      progress_at timestamptz,
      attempt int NOT NULL,
      earlier_attempts int NOT NULL DEFAULT 0,
      cancel_requested boolean NOT NULL DEFAULT false,
      scheduler text COLLATE "C" NOT NULL,
      job text COLLATE "C" NOT NULL,
      state text NOT NULL CHECK (state IN ('queued', 'running')),
      trigger text NOT NULL CHECK (trigger IN (${words(TRIGGERS)})),
      owner text NOT NULL,
      error_code text,
      error_name text,
      error_message text,
      error_more jsonb CHECK (jsonb_typeof(error_more) = 'object'),
      past_attempts jsonb CHECK (jsonb_typeof(past_attempts) = 'array'),
      calls jsonb CHECK (jsonb_typeof(calls) = 'array'),
      input json
    ) WITH (
      fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000,
      autovacuum_vacuum_cost_delay = 0
    )`,
    `COMMENT ON TABLE ${underWay} IS 'One row per run that is claimed and not yet settled'`,
    // Leases and progress change often. No index contains them, so that these updates touch none.
    `COMMENT ON COLUMN ${underWay}.progress_done IS 'What the handler said it has done of progress_total, at progress_at'`,
    `COMMENT ON COLUMN ${underWay}.queued_at IS 'Since when the run waited for a worker; NULL when it never did'`,
    `COMMENT ON COLUMN ${underWay}.lease_until IS
      'How long its instance has the run; of a queued run, when it is handed to the engine again'`,
    `COMMENT ON COLUMN ${underWay}.next_attempt_at IS 'When the next attempt may begin, while the run waits for it'`,
    `COMMENT ON COLUMN ${underWay}.released_at IS 'Since when no instance has the run; owner is the last that had it'`,
    `COMMENT ON COLUMN ${underWay}.spent_ms IS 'What instances that released the run count of its duration'`,
    `COMMENT ON COLUMN ${underWay}.earlier_attempts IS 'Attempts of the runs whose rerun it is; attempt counts on from there'`,
    `COMMENT ON COLUMN ${underWay}.error_code IS 'Of the last attempt that failed'`,
    // Prevents a due time from being under way twice. That none runs again after it has settled follows from the
    // cursor of its job.
    `CREATE UNIQUE INDEX under_way_due_time
      ON ${underWay} (scheduler, job, (CASE WHEN trigger = 'schedule' THEN scheduled_for END))`,
  ]
}

function settledTable({ settled, settledDefault }: Names): readonly string[] {
  return [
    `CREATE TABLE ${settled} (
      seq bigint NOT NULL,
      id uuid NOT NULL,
      settled_at timestamptz NOT NULL,
      scheduled_for timestamptz,
      through timestamptz,
      started_at timestamptz,
      lease_until timestamptz,
      due_count bigint,
      fence bigint,
      lateness_ms bigint,
      queued_at timestamptz,
      queue_wait_ms bigint,
      duration_ms bigint,
      items_processed bigint,
      items_failed bigint,
      items_skipped bigint,
      progress_done float8,
      progress_total float8,
      progress_at timestamptz,
      attempt int,
      earlier_attempts int NOT NULL DEFAULT 0,
      cancel_requested boolean NOT NULL DEFAULT false,
      scheduler text COLLATE "C" NOT NULL,
      job text COLLATE "C" NOT NULL,
      kind text NOT NULL CHECK (kind IN ('run', 'unrun')),
      state text NOT NULL CHECK (state IN (${words(SETTLED_STATES)})),
      trigger text NOT NULL CHECK (trigger IN (${words(TRIGGERS)})),
      reason text CHECK (reason IN (${words(SKIP_REASONS)})),
      owner text,
      error_code text,
      error_name text,
      error_message text,
      error_more jsonb CHECK (jsonb_typeof(error_more) = 'object'),
      past_attempts jsonb CHECK (jsonb_typeof(past_attempts) = 'array'),
      calls jsonb CHECK (jsonb_typeof(calls) = 'array'),
      input json,
      CHECK (CASE kind
        WHEN 'run' THEN num_nulls(attempt, fence, owner, started_at, lease_until) = 0
        ELSE num_nulls(scheduled_for, through, due_count) = 0
      END),
      PRIMARY KEY (id, settled_at)
    ) PARTITION BY RANGE (settled_at)`,
    ...settledComments(settled),
    ...settledIndexes(settled),
    `CREATE TABLE ${settledDefault} PARTITION OF ${settled} DEFAULT`,
    `COMMENT ON TABLE ${settledDefault} IS 'What was settled on a day that has no partition'`,
  ]
}

function settledComments(settled: string): readonly string[] {
  return [
    `COMMENT ON TABLE ${settled} IS
      'One row per settled run, or per unbroken range of due times that never ran; a partition per day'`,
    `COMMENT ON COLUMN ${settled}.queue_wait_ms IS 'How long the run waited for a worker, from queued_at on'`,
    `COMMENT ON COLUMN ${settled}.past_attempts IS 'The attempts before the last one'`,
    `COMMENT ON COLUMN ${settled}.input IS 'What the run was given, without secrets; erased before the run is'`,
    `COMMENT ON COLUMN ${settled}.error_more IS 'The codes, the causes and the stack of the error, where it has any'`,
    `COMMENT ON COLUMN ${settled}.calls IS 'What the run asked of each provider'`,
  ]
}

function settledIndexes(settled: string): readonly string[] {
  return [
    // An append to each of these indexes, but the second, goes to its end. No index has the owner: it would cost every
    // run 105 bytes and a fifth of its insert, to spare a rare question 35 ms per 100,000 runs.
    `CREATE INDEX settled_seq ON ${settled} (scheduler, seq)`,
    `CREATE INDEX settled_of_job ON ${settled} (scheduler, job, seq)`,
    // The few runs that no due time of their own asked for.
    `CREATE INDEX settled_on_request ON ${settled} (scheduler, seq) WHERE trigger <> 'schedule'`,
    // Few runs have an input, and it is erased before them.
    `CREATE INDEX settled_with_input ON ${settled} (scheduler, settled_at) WHERE input IS NOT NULL`,
    `CREATE INDEX settled_settled_at ON ${settled} (settled_at)`,
  ]
}
