import { tableNames } from '../sql/names.ts'
import type { SchemaOptions } from './migrate-scheduler.ts'

export interface GrantOptions extends SchemaOptions {
  /** The role that schedulers run as, as `CREATE ROLE` names it, without quotes. */
  readonly role: string
}

/**
 * The statements that give a role the rights which schedulers need, and no more: to read and write rows, not to change,
 * make or drop tables. Run them as the role that migrates, after each migration; they may be repeated. A role that has been
 * given more keeps it.
 *
 * Such a role makes no partitions: call `migrateScheduler` as the other role at least once a week.
 *
 * @throws SchedulerError `INVALID_OPTIONS` as `migrateScheduler` does.
 */
export function schedulerGrants({ role, schema }: GrantOptions): readonly string[] {
  const { quotedSchema, schema: _, settledDefault: __, migration, ...tables } = tableNames(schema)
  const { controlLog, receipt, runDelta, callDelta, ...changed } = tables
  const to = `TO "${role.replaceAll('"', '""')}"`
  return [
    `GRANT USAGE ON SCHEMA ${quotedSchema} ${to}`,
    `GRANT SELECT ON ${migration} ${to}`,
    `GRANT SELECT, INSERT, DELETE ON ${[controlLog, receipt, runDelta, callDelta].join(', ')} ${to}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${Object.values(changed).join(', ')} ${to}`,
    // The number of an entry that never ran is drawn from the sequence itself; identity columns need no right for that.
    `GRANT USAGE ON SEQUENCE ${quotedSchema}.under_way_seq_seq ${to}`,
  ]
}
