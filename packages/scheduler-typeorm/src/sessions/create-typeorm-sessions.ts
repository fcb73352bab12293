import { isSchedulerError, SchedulerError, type SessionProvider } from '@pm/scheduler-core'
import { refuseOption } from '@pm/scheduler-core/store'
import type { DataSource, EntityManager } from 'typeorm'

import { ANSWER_TIMEOUT_MS, answerLimit, IDLE_TIMEOUT_MS } from './answer-limit.ts'
import { createBackendIds } from './break-off.ts'
import { inTransaction } from './in-transaction.ts'
import { poolStateOf } from './pool-state.ts'
import { createPreparedStatements, type PrepareMode } from './prepared-statements.ts'
import { ISOLATION_LEVELS, type IsolationLevel } from './transaction-modes.ts'

export interface TypeormSessionsOptions {
  /** How long a unit of work waits for a connection before it fails with `STORE_UNAVAILABLE` (default 2,000). */
  readonly acquireTimeoutMs?: number
  /**
   * How long a statement of the scheduler's own may go unanswered (default 5,000; `Infinity` for no limit). After that
   * its unit fails with `STORE_UNAVAILABLE` and its connection is closed. This detects a connection that was cut off
   * without an error. The server is told to give up a little earlier (`SET LOCAL lock_timeout` and
   * `statement_timeout`). Statements of handlers in `ctx.withSession`, and other statements of the host, keep the
   * host's own limits.
   */
  readonly answerTimeoutMs?: number
  /**
   * How long a transaction of the scheduler's own may do nothing (default 2,000; `Infinity` for no limit) before the
   * server ends it (`SET LOCAL idle_in_transaction_session_timeout`). A process that stalls in a transaction, or whose
   * machine is gone, then no longer blocks the other instances; it delays the discovery of orphans by this time at
   * most. A process whose event loop is blocked for longer loses the transaction with `STORE_UNAVAILABLE` and retries
   * it.
   */
  readonly idleTimeoutMs?: number
  /**
   * The isolation level of `ctx.withSession` (default: `isolationLevel` of the DataSource if this TypeORM has that
   * option, otherwise `READ COMMITTED`). At a stronger level a handler must expect serialization failures, also from
   * `ctx.complete`. The scheduler's own units that write are always `READ COMMITTED`.
   */
  readonly handlerIsolation?: IsolationLevel
  /**
   * Whether the scheduler's own statements are prepared once per connection (default `'auto'`). `'auto'` prepares them
   * on connections that reach the server itself, and never through PgBouncer or another pooler. `true` prepares them on
   * all connections: for a pooler in session mode, or one that keeps the prepared statements of its clients apart
   * (PgBouncer from 1.21 with `max_prepared_statements`). `false` prepares none. Nothing is prepared in `ctx.withSession`.
   * Large batches are sent whole, since the server plans them better for their values. Units that write are planned to
   * look rows up by their indexes (`SET LOCAL enable_seqscan` among others).
   */
  readonly preparedStatements?: PrepareMode
}

/**
 * Sessions on the host's own DataSource. Each unit of work gets its own connection, transaction and `EntityManager`.
 * The `EntityManager` rejects with `SESSION_CLOSED` once its unit has ended.
 *
 * A unit rejects with the error of its work. It rejects with `STORE_UNAVAILABLE`, and the reason as `cause`, when it
 * gets no connection, when begin or commit fails, or when the connection breaks or stops answering. Read-only units see
 * one consistent state (`REPEATABLE READ READ ONLY`). All other units, those of handlers too, may write, and their
 * commit waits for the disk regardless of the server's defaults. No connection is opened before the first unit.
 *
 * A read of the scheduler's own whose signal aborts is cancelled on the server (`pg_cancel_backend`, from a second
 * connection of the pool), and its connection is used again.
 *
 * A standby server is refused with `UNSUPPORTED_DATABASE_SETTING` until a unit has begun to write. After that a standby
 * is taken for a failover in progress and reported as `STORE_UNAVAILABLE`.
 *
 * @throws SchedulerError `INVALID_OPTIONS` for an invalid limit, an unknown isolation level, or a `preparedStatements` of another kind.
 */
export function createTypeormSessions(
  dataSource: DataSource,
  options: TypeormSessionsOptions = {},
): SessionProvider<EntityManager> {
  const { acquireTimeoutMs, answerTimeoutMs = ANSWER_TIMEOUT_MS, idleTimeoutMs = IDLE_TIMEOUT_MS } = options
  const ownLimit = answerLimit({ answerTimeoutMs, idleTimeoutMs })
  const handlerIsolation = isolationOf(dataSource, options.handlerIsolation)
  const prepared = createPreparedStatements(options.preparedStatements)
  const backendIds = createBackendIds()
  let hasWritten = false
  return {
    async withSession(work, { unit = 'unit of work', readOnly = false, isOwn = false, signal } = {}) {
      const waiting = { ...(signal && { signal }), ...(acquireTimeoutMs !== undefined && { acquireTimeoutMs }) }
      const own = { isOwn, answerLimit: ownLimit, prepared, ...(readOnly && { backendIds }) }
      const manner = isOwn ? own : { isolation: handlerIsolation }
      let hasBegun = false
      try {
        return await inTransaction({ dataSource, unit, readOnly, ...manner, ...waiting }, async (manager) => {
          hasBegun = true
          hasWritten ||= !readOnly
          return work(manager)
        })
      } catch (error) {
        if (hasBegun || !hasWritten || !isSchedulerError(error, 'UNSUPPORTED_DATABASE_SETTING')) throw error
        throw new SchedulerError('STORE_UNAVAILABLE', { operation: `${unit}: begin` }, { cause: error })
      }
    },
    pool: () => poolStateOf(dataSource),
  }
}

function isolationOf({ options }: DataSource, asked: unknown): IsolationLevel {
  const ofHost = 'isolationLevel' in options ? options.isolationLevel : undefined
  if (asked === undefined) return ISOLATION_LEVELS.find((level) => level === ofHost) ?? 'READ COMMITTED'
  const found = ISOLATION_LEVELS.find((level) => level === asked)
  if (found !== undefined) return found
  return refuseOption({
    path: 'handlerIsolation',
    value: asked,
    expected: `one of ${ISOLATION_LEVELS.join(', ')}`,
    known: ISOLATION_LEVELS,
  })
}
