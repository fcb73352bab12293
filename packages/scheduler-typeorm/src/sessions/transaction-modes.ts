import { REFUSE_LEFT_OPEN } from './left-open.ts'

/** The isolation levels that PostgreSQL distinguishes. */
export const ISOLATION_LEVELS = ['READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE'] as const
export type IsolationLevel = (typeof ISOLATION_LEVELS)[number]

export interface TransactionModes {
  readonly readOnly?: boolean
  /** The level of a unit that writes (default `READ COMMITTED`). */
  readonly isolation?: IsolationLevel
}

/**
 * Follows `START TRANSACTION` in the same query, so that nothing depends on the defaults of the server, the database,
 * the role or the connection. A unit that only reads sees one state throughout. The commit of a unit that writes is
 * answered once it is on disk: otherwise a server that crashes could forget a claim or an outcome, and the run would
 * happen twice.
 */
export function transactionModes({ readOnly = false, isolation = 'READ COMMITTED' }: TransactionModes): string {
  return readOnly
    ? ` ISOLATION LEVEL REPEATABLE READ, READ ONLY; ${REFUSE_LEFT_OPEN}`
    : ` ISOLATION LEVEL ${isolation}, READ WRITE; ${REFUSE_LEFT_OPEN}; ${COMMIT_TO_DISK}`
}

/** Only the two values that are weaker than `on` are replaced: `remote_apply` stays, and so does `remote_write`. */
const COMMIT_TO_DISK = `SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') IN ('off', 'local')`
