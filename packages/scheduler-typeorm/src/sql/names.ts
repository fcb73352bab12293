import { SchedulerError } from '@pm/scheduler-core'

/** The qualified names of the store's tables, ready to be written into a statement. */
export interface Names {
  readonly schema: string
  readonly scheduler: string
  readonly job: string
  readonly jobStat: string
  readonly ledger: string
  readonly runCall: string
  readonly runTally: string
  readonly callTally: string
  readonly controlLog: string
  readonly receipt: string
  readonly instance: string
  readonly migration: string
}

export const DEFAULT_SCHEMA = 'pm_scheduler'

/**
 * The tables in a schema of the host's choice.
 *
 * @throws SchedulerError `INVALID_OPTIONS` for a name that would need quoting.
 */
export function tableNames(schema: string = DEFAULT_SCHEMA): Names {
  if (!SIMPLE_NAME.test(schema)) {
    const received = JSON.stringify(schema).slice(0, 80)
    throw new SchedulerError('INVALID_OPTIONS', { path: 'schema', received, expected: String(SIMPLE_NAME) })
  }
  return {
    schema,
    scheduler: `${schema}.scheduler`,
    job: `${schema}.job`,
    jobStat: `${schema}.job_stat`,
    ledger: `${schema}.ledger`,
    runCall: `${schema}.run_call`,
    runTally: `${schema}.run_tally`,
    callTally: `${schema}.call_tally`,
    controlLog: `${schema}.control_log`,
    receipt: `${schema}.receipt`,
    instance: `${schema}.instance`,
    migration: `${schema}.migration`,
  }
}

const SIMPLE_NAME = /^[a-z_][a-z0-9_]{0,62}$/
