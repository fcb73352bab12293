import type { Names } from '../sql/names.ts'
import { words } from './words.ts'

const DESIRED_STATES = ['running', 'paused', 'stopped']

/** The tables of the control state, the control log, the jobs with their cursors, the instances and the receipts. */
export function controlTables(names: Names): readonly string[] {
  const { scheduler, job, jobStat, controlLog, receipt, instance } = names
  return [
    `CREATE TABLE ${scheduler} (
      scheduler text COLLATE "C" PRIMARY KEY,
      since timestamptz NOT NULL,
      version bigint NOT NULL,
      desired text NOT NULL CHECK (desired IN (${words(DESIRED_STATES)})),
      desired_at timestamptz NOT NULL,
      desired_by text NOT NULL,
      desired_why text,
      paused_until timestamptz,
      paused_jobs jsonb NOT NULL DEFAULT '{}',
      config jsonb NOT NULL DEFAULT '{"jobs": {}, "providers": {}}'
    )`,
    `COMMENT ON TABLE ${scheduler} IS 'What operators want of each scheduler'`,
    `COMMENT ON COLUMN ${scheduler}.config IS 'What was set at run time, over what the code says'`,
    `CREATE TABLE ${job} (
      scheduler text COLLATE "C" NOT NULL REFERENCES ${scheduler},
      job text COLLATE "C" NOT NULL,
      cursor_at timestamptz NOT NULL,
      since_at timestamptz NOT NULL,
      PRIMARY KEY (scheduler, job)
    ) WITH (fillfactor = 70)`,
    `COMMENT ON COLUMN ${job}.cursor_at IS 'Every due time up to and including this instant is accounted for'`,
    `COMMENT ON COLUMN ${job}.since_at IS 'The cursor that the job began with: due times after it are accounted for'`,
    // Apart from `job`, because every tick updates the cursor and should not rewrite these columns with it.
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
      changes jsonb NOT NULL DEFAULT '[]',
      UNIQUE (scheduler, version)
    )`,
    // The log is never pruned, and what is asked of it is one job, or one run, of all.
    `CREATE INDEX control_log_of_job ON ${controlLog} (scheduler, job, id) WHERE job IS NOT NULL`,
    `CREATE INDEX control_log_of_run ON ${controlLog} (run_id, id) WHERE run_id IS NOT NULL`,
    `COMMENT ON TABLE ${controlLog} IS 'Who commanded what, when and why'`,
    `COMMENT ON COLUMN ${controlLog}.changes IS 'What the command changed of the configuration, setting by setting'`,
    // `json` stores the answer byte for byte; `jsonb` would reformat it.
    `CREATE TABLE ${receipt} (
      scheduler text COLLATE "C" NOT NULL,
      id uuid NOT NULL,
      fingerprint uuid NOT NULL,
      answer json NOT NULL,
      answered_at timestamptz NOT NULL,
      PRIMARY KEY (scheduler, id)
    )`,
    `CREATE INDEX receipt_answered_at ON ${receipt} (scheduler, answered_at)`,
    `COMMENT ON TABLE ${receipt} IS 'Commands that came with an idempotency key, kept for a day'`,
    `CREATE TABLE ${instance} (
      scheduler text COLLATE "C" NOT NULL,
      instance text COLLATE "C" NOT NULL,
      first_seen_at timestamptz NOT NULL,
      last_seen_at timestamptz NOT NULL,
      PRIMARY KEY (scheduler, instance)
    ) WITH (fillfactor = 70)`,
  ]
}
