import { isSchedulerError, SchedulerError, type SessionProvider } from '@pm/scheduler-core'
import { refuseOption } from '@pm/scheduler-core/store'
import type { DataSource, EntityManager } from 'typeorm'

import { ANSWER_TIMEOUT_MS, answerLimit, IDLE_TIMEOUT_MS } from './answer-limit.ts'
import { inTransaction } from './in-transaction.ts'
import { poolStateOf } from './pool-state.ts'
import { ISOLATION_LEVELS, type IsolationLevel } from './transaction-modes.ts'

export interface TypeormSessionsOptions {
  /** How long a unit of work waits for a connection before it fails with `STORE_UNAVAILABLE` (default 2,000). */
  readonly acquireTimeoutMs?: number
  /**
   * How long a statement of the scheduler's own may go unanswered (default 5,000; `Infinity` for no limit). Then its unit
   * fails with `STORE_UNAVAILABLE` and the connection is closed instead of used again: so one that went silent is noticed
   * although nobody hears of it. The server is asked to give up a little earlier (`SET LOCAL lock_timeout` and
   * `statement_timeout`). What handlers ask in `ctx.withSession`, and whatever else the host does on the DataSource, keeps
   * the host's own limits.
   */
  readonly answerTimeoutMs?: number
  /**
   * How long a transaction of the scheduler's own may do nothing (default 2,000; `Infinity` for no limit) before the server
   * ends it (`SET LOCAL idle_in_transaction_session_timeout`). A process that stands still in the middle of one, or whose
   * machine is gone, then keeps no rows from the other instances: its orphans are found this much later at most. An event
   * loop that is blocked for longer in the middle of one loses it with `STORE_UNAVAILABLE`, and does it again.
   */
  readonly idleTimeoutMs?: number
  /**
   * The isolation of what handlers do in `ctx.withSession` (default: `isolationLevel` of the DataSource, where TypeORM has
   * it, or else `READ COMMITTED`). With a stronger one, a handler has to reckon with serialization failures, at
   * `ctx.complete` too. The scheduler's own units are always `READ COMMITTED` when they write.
   */
  readonly handlerIsolation?: IsolationLevel
}

/**
 * Sessions on the host's own DataSource: every unit of work gets a connection and a transaction of its own, and an
 * `EntityManager` that is bound to both and refuses with `SESSION_CLOSED` once the unit has ended.
 *
 * A unit rejects with what its work rejected with. It rejects with `STORE_UNAVAILABLE`, the reason as its cause, when
 * no connection could be had, when begin or commit failed, or when the connection died or fell silent under the work. Read-only units
 * see one consistent state (`REPEATABLE READ READ ONLY`). Every other unit, also a handler's, may write, and its commit waits for
 * the disk, whatever the server's defaults. Nothing is opened before the first unit.
 *
 * A standby is refused with `UNSUPPORTED_DATABASE_SETTING` until a unit has written; after that it is what a failover
 * leaves for a while, and `STORE_UNAVAILABLE`.
 *
 * @throws SchedulerError `INVALID_OPTIONS` for a limit or a level that does not exist.
 */
export function createTypeormSessions(
  dataSource: DataSource,
  options: TypeormSessionsOptions = {},
): SessionProvider<EntityManager> {
  const { acquireTimeoutMs, answerTimeoutMs = ANSWER_TIMEOUT_MS, idleTimeoutMs = IDLE_TIMEOUT_MS } = options
  const ownLimit = answerLimit({ answerTimeoutMs, idleTimeoutMs })
  const handlerIsolation = isolationOf(dataSource, options.handlerIsolation)
  let hasWritten = false
  return {
    async withSession(work, { unit = 'unit of work', readOnly = false, isOwn = false, signal } = {}) {
      const waiting = { ...(signal && { signal }), ...(acquireTimeoutMs !== undefined && { acquireTimeoutMs }) }
      const manner = isOwn ? { answerLimit: ownLimit } : { isolation: handlerIsolation }
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
