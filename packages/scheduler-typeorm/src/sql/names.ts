import { refuseOption } from '@pm/scheduler-core/store'

/** The qualified and quoted names of the store's tables, ready to be written into a statement. */
export interface Names {
  /** The name without quotes, for parameters. */
  readonly schema: string
  readonly quotedSchema: string
  readonly scheduler: string
  readonly job: string
  readonly jobStat: string
  readonly underWay: string
  readonly settled: string
  readonly settledDefault: string
  readonly runTally: string
  readonly callTally: string
  readonly runDelta: string
  readonly callDelta: string
  readonly controlLog: string
  readonly receipt: string
  readonly instance: string
  readonly holding: string
  readonly definition: string
  readonly migration: string
}

export const DEFAULT_SCHEMA = 'pm_scheduler'

/**
 * The names of our tables in a schema that the host chooses. Any name that PostgreSQL accepts works, quoted if needed.
 *
 * @throws SchedulerError `INVALID_OPTIONS` for an empty name, one of over 63 bytes or with a NUL, and for the schemas
 *   of the system (`pg_...`, `information_schema`).
 */
export function tableNames(schema: string = DEFAULT_SCHEMA): Names {
  if (!isSchemaName(schema)) {
    const expected = 'the name of a schema: 1 to 63 bytes, not one of the system (pg_..., information_schema)'
    refuseOption({ path: 'schema', value: schema, expected })
  }
  const quotedSchema = `"${schema.replaceAll('"', '""')}"`
  return {
    schema,
    quotedSchema,
    scheduler: `${quotedSchema}.scheduler`,
    job: `${quotedSchema}.job`,
    jobStat: `${quotedSchema}.job_stat`,
    underWay: `${quotedSchema}.under_way`,
    settled: `${quotedSchema}.settled`,
    settledDefault: `${quotedSchema}.settled_default`,
    runTally: `${quotedSchema}.run_tally`,
    callTally: `${quotedSchema}.call_tally`,
    runDelta: `${quotedSchema}.run_tally_delta`,
    callDelta: `${quotedSchema}.call_tally_delta`,
    controlLog: `${quotedSchema}.control_log`,
    receipt: `${quotedSchema}.receipt`,
    instance: `${quotedSchema}.instance`,
    holding: `${quotedSchema}.holding`,
    definition: `${quotedSchema}.definition`,
    migration: `${quotedSchema}.scheduler_migration`,
  }
}

/** PostgreSQL truncates longer names, so that two schemas could become one. */
const LONGEST_NAME_BYTES = 63

function isSchemaName(schema: unknown): boolean {
  if (typeof schema !== 'string') return false
  const bytes = Buffer.byteLength(schema)
  if (bytes === 0 || bytes > LONGEST_NAME_BYTES || schema.includes('\0')) return false
  return !schema.startsWith('pg_') && schema !== 'information_schema'
}
