import type { Names } from '../sql/names.ts'
import { callCounters } from './tally-tables.ts'
import { words } from './words.ts'

const STATES = [
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
const TRIGGERS = ['schedule', 'manual', 'backfill', 'rerun']
const SKIP_REASONS = ['overlap', 'excluded']

/** The ledger of due times and runs, and the calls of each run to each provider. */
export function ledgerTables({ ledger, runCall }: Names): readonly string[] {
  return [
    `CREATE TABLE ${ledger} (
      seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id uuid NOT NULL UNIQUE,
      scheduler text COLLATE "C" NOT NULL,
      job text COLLATE "C" NOT NULL,
      kind text NOT NULL CHECK (kind IN ('run', 'unrun')),
      state text NOT NULL CHECK (state IN (${words(STATES)})),
      trigger text NOT NULL CHECK (trigger IN (${words(TRIGGERS)})),
      reason text CHECK (reason IN (${words(SKIP_REASONS)})),
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
      progress_done float8,
      progress_total float8,
      progress_at timestamptz,
      CHECK ((settled_at IS NULL) = (state = 'running')),
      CHECK (CASE kind
        WHEN 'run' THEN num_nulls(attempt, fence, owner, started_at, lease_until) = 0
        ELSE num_nulls(scheduled_for, through, due_count) = 0
      END)
    )`,
    `COMMENT ON TABLE ${ledger} IS 'One row per run, or per unbroken range of due times that never ran'`,
    // Progress is written together with the lease. No index contains it, so that these updates touch none.
    `COMMENT ON COLUMN ${ledger}.progress_done IS 'What the handler said it has done of progress_total, at progress_at'`,
    // Only this index prevents a due time from running twice. A range of due times that did not run has the key of its
    // first.
    `CREATE UNIQUE INDEX ledger_due_time ON ${ledger} (scheduler, job, scheduled_for) WHERE trigger = 'schedule'`,
    `CREATE INDEX ledger_settled ON ${ledger} (scheduler, settled_at) WHERE settled_at IS NOT NULL`,
    // Leaves out lease_until, so that renewing a lease touches no index.
    `CREATE INDEX ledger_running ON ${ledger} (scheduler, job, started_at) WHERE state = 'running'`,
    `CREATE INDEX ledger_of_job ON ${ledger} (scheduler, job, seq)`,
    `CREATE TABLE ${runCall} (
      run_id uuid NOT NULL,
      provider text COLLATE "C" NOT NULL,
      scheduler text COLLATE "C" NOT NULL,
      settled_at timestamptz NOT NULL,
      ${callCounters.columns},
      PRIMARY KEY (run_id, provider)
    )`,
    `COMMENT ON TABLE ${runCall} IS 'What each run asked of each provider'`,
    ...callCounters.comments(runCall),
    `CREATE INDEX run_call_settled ON ${runCall} (scheduler, settled_at)`,
  ]
}
