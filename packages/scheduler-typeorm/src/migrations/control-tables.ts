import type { Names } from '../sql/names.ts'
import { words } from './words.ts'

const DESIRED_STATES = ['running', 'paused', 'stopped']
const INSTANCE_ROLES = ['scheduler', 'worker']

/** The tables of the control state, the control log, the jobs with their cursors, the instances and the receipts. */
export function controlTables(names: Names): readonly string[] {
  return [
    ...schedulerTable(names),
    ...jobTable(names),
    ...jobStatTable(names),
    ...controlLogTable(names),
    ...receiptTable(names),
    ...instanceTable(names),
  ]
}

function schedulerTable({ scheduler }: Names): readonly string[] {
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
      config jsonb NOT NULL DEFAULT '{"jobs": {}, "providers": {}}',
      definitions bigint NOT NULL DEFAULT 0
    )`,
    `COMMENT ON TABLE ${scheduler} IS 'What operators want of each scheduler'`,
    `COMMENT ON COLUMN ${scheduler}.config IS 'What was set at run time, over what the code says'`,
    `COMMENT ON COLUMN ${scheduler}.definitions IS 'The version of the definitions: it grows when one begins or ends'`,
  ]
}

function jobTable({ scheduler, job }: Names): readonly string[] {
  return [
    `CREATE TABLE ${job} (
      scheduler text COLLATE "C" NOT NULL REFERENCES ${scheduler},
      job text COLLATE "C" NOT NULL,
      cursor_at timestamptz NOT NULL,
      cursor_zone text,
      cursor_wall bigint,
      since_at timestamptz NOT NULL,
      retired_at timestamptz,
      reached_at timestamptz,
      called text COLLATE "C",
      other_names jsonb CHECK (jsonb_typeof(other_names) = 'array'),
      PRIMARY KEY (scheduler, job)
    ) WITH (fillfactor = 70)`,
    // Few jobs have several names. Each change of a definition asks for them.
    `CREATE INDEX job_renamed ON ${job} (scheduler) WHERE called IS NOT NULL`,
    ...jobComments(job),
  ]
}

function jobComments(job: string): readonly string[] {
  return [
    `COMMENT ON COLUMN ${job}.reached_at IS
      'How far the cursor was once, before it was moved back: up to here a due time may have run although it is after it'`,
    `COMMENT ON COLUMN ${job}.cursor_at IS 'Every due time up to and including this instant is accounted for'`,
    `COMMENT ON COLUMN ${job}.cursor_wall IS
      'The latest local time that clocks in cursor_zone had shown at the cursor, in milliseconds, by the process that set it'`,
    `COMMENT ON COLUMN ${job}.since_at IS 'The cursor that the job began with: due times after it are accounted for'`,
    `COMMENT ON COLUMN ${job}.called IS 'Its name by the latest definition; NULL while it has had one name only'`,
    `COMMENT ON COLUMN ${job}.other_names IS 'Its names beside the one that it is stored under'`,
    `COMMENT ON COLUMN ${job}.retired_at IS 'When its last definition ended; NULL while one is in effect'`,
  ]
}

function jobStatTable({ jobStat }: Names): readonly string[] {
  return [
    // Apart from `job`, because every tick updates the cursor and should not rewrite these columns with it.
    `CREATE TABLE ${jobStat} (
      scheduler text COLLATE "C" NOT NULL,
      job text COLLATE "C" NOT NULL,
      last_run_at timestamptz,
      last_success_at timestamptz,
      last_failure_at timestamptz,
      last_outcome text,
      last_error_code text,
      consecutive_failures bigint NOT NULL,
      unmet_from timestamptz,
      unmet_through timestamptz,
      PRIMARY KEY (scheduler, job)
    ) WITH (fillfactor = 70)`,
    `COMMENT ON COLUMN ${jobStat}.unmet_from IS
      'The first due time after the last success that had to run and was settled without one; unmet_through is the last'`,
  ]
}

function controlLogTable({ controlLog }: Names): readonly string[] {
  return [
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
    // The log is kept for a year and more, and what is asked of it is one job, or one run, of all.
    `CREATE INDEX control_log_of_job ON ${controlLog} (scheduler, job, id) WHERE job IS NOT NULL`,
    `CREATE INDEX control_log_of_run ON ${controlLog} (run_id, id) WHERE run_id IS NOT NULL`,
    `COMMENT ON TABLE ${controlLog} IS 'Who commanded what, when and why'`,
    `COMMENT ON COLUMN ${controlLog}.changes IS 'What the command changed of the configuration, setting by setting'`,
  ]
}

function receiptTable({ receipt }: Names): readonly string[] {
  return [
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
  ]
}

function instanceTable({ instance }: Names): readonly string[] {
  return [
    `CREATE TABLE ${instance} (
      scheduler text COLLATE "C" NOT NULL,
      instance text COLLATE "C" NOT NULL,
      role text NOT NULL DEFAULT 'scheduler' CHECK (role IN (${words(INSTANCE_ROLES)})),
      first_seen_at timestamptz NOT NULL,
      last_seen_at timestamptz NOT NULL,
      lease_ms bigint NOT NULL,
      left_at timestamptz,
      time_zone_data text COLLATE "C",
      host text,
      pid integer,
      version text,
      concurrency bigint,
      dropped_messages bigint NOT NULL DEFAULT 0,
      left_messages bigint NOT NULL DEFAULT 0,
      PRIMARY KEY (scheduler, instance)
    ) WITH (fillfactor = 70)`,
    `COMMENT ON COLUMN ${instance}.time_zone_data IS 'The version of its time zone data; NULL where its runtime does not tell'`,
    `COMMENT ON COLUMN ${instance}.concurrency IS 'How many runs it executes at a time; NULL for no limit, or unknown'`,
    `COMMENT ON COLUMN ${instance}.dropped_messages IS 'Messages of an engine whose run was not queued any more'`,
    `COMMENT ON COLUMN ${instance}.left_messages IS 'How often it left a message for another worker, or for later'`,
    `COMMENT ON COLUMN ${instance}.left_at IS 'When it left or was found dead; NULL while it has its jobs'`,
  ]
}
