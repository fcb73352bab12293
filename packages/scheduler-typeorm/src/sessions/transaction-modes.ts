import { REFUSE_LEFT_OPEN } from './left-open.ts'

/** The levels that PostgreSQL tells apart. */
export const ISOLATION_LEVELS = ['READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE'] as const
export type IsolationLevel = (typeof ISOLATION_LEVELS)[number]

export interface TransactionModes {
  readonly readOnly?: boolean
  /** Of a unit that writes (default `READ COMMITTED`). */
  readonly isolation?: IsolationLevel
}

/**
 * What follows `START TRANSACTION` in the same query, so that nothing depends on the defaults of the server, the database,
 * the role or the connection. A unit that reads sees one state throughout. A unit that writes may write, and its commit is
 * on disk before it is answered: otherwise a server that crashes forgets a claim or an outcome, and the run happens twice.
 */
export function transactionModes({ readOnly = false, isolation = 'READ COMMITTED' }: TransactionModes): string {
  return readOnly
    ? ` ISOLATION LEVEL REPEATABLE READ, READ ONLY; ${REFUSE_LEFT_OPEN}`
    : ` ISOLATION LEVEL ${isolation}, READ WRITE; ${REFUSE_LEFT_OPEN}; ${COMMIT_TO_DISK}`
}

/** Only the two values that are weaker than `on` are replaced: `remote_apply` stays, and so does `remote_write`. */
const COMMIT_TO_DISK = `SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') IN ('off', 'local')`
