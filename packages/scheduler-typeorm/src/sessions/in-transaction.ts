import type { DataSource, EntityManager, QueryRunner } from 'typeorm'

import { isConnectionLost, toStoreError } from '../store-error.ts'
import { acquire, type Connection } from './acquire.ts'
import type { AnswerLimit } from './answer-limit.ts'
import { type BackendIds, breakingOff } from './break-off.ts'
import { isLeftOpen, refuseLeftOpen } from './left-open.ts'
import type { PreparedStatements } from './prepared-statements.ts'
import { revoke } from './revoke.ts'
import { isStandby, refuseStandby } from './standby.ts'
import { type TransactionModes, transactionModes } from './transaction-modes.ts'

export interface TransactionOptions extends TransactionModes {
  readonly dataSource: DataSource
  readonly unit: string
  readonly signal?: AbortSignal
  readonly acquireTimeoutMs?: number
  /** Whether the unit is the scheduler's own (default false). */
  readonly isOwn?: boolean
  readonly answerLimit?: AnswerLimit | undefined
  readonly prepared?: PreparedStatements | undefined
  /** Lets the signal break off what has begun, too, and cancel the statement that it waits for (default not). */
  readonly backendIds?: BackendIds | undefined
}

/**
 * Runs `work` in a transaction on its own connection. On every path the connection returns to the pool, or is closed
 * when it broke or could not be rolled back.
 */
export async function inTransaction<T>(
  options: TransactionOptions,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  const { unit } = options
  const connection = await open(options)
  const { runner } = connection
  let broken: unknown
  try {
    const result = await breakingOff(connection, options, () => work(runner.manager))
    await connection.guard(`${unit}: commit`, () => commit(connection))
    return result
  } catch (error) {
    broken = await rollBack(connection)
    // When the connection has broken, the error of the work is only a consequence.
    throw connection.lost !== undefined && isConnectionLost(error) ? toStoreError(error, unit) : error
  } finally {
    await connection.release(broken ?? connection.lost)
    revoke(runner, unit)
  }
}

/**
 * Opens a connection and begins our transaction. A connection that still has an open transaction of the host is closed,
 * and the next one is tried.
 */
async function open(options: TransactionOptions): Promise<Connection> {
  const { unit } = options
  for (let attempt = 1; ; attempt++) {
    const connection = await acquire(options)
    try {
      await begin(connection.runner, options)
      return connection
    } catch (error) {
      const leftOpen = isLeftOpen(error)
      const broken = leftOpen ? error : await rollBack(connection)
      await connection.release(broken ?? connection.lost)
      revoke(connection.runner, unit)
      if (!leftOpen) throw toStoreError(error, `${unit}: begin`)
      if (attempt === MAX_ATTEMPTS) throw refuseLeftOpen(unit, error)
    }
  }
}

/** How many connections with an open transaction of the host a unit tries before it gives up. */
const MAX_ATTEMPTS = 10

/**
 * Begins through TypeORM, because it counts transactions: a transaction that the host opens inside becomes a savepoint
 * of ours. Our settings travel with the first statement, in one round trip.
 */
async function begin(runner: QueryRunner, options: TransactionOptions): Promise<void> {
  const { answerLimit, prepared, readOnly = false } = options
  const settings = [...(answerLimit?.settings ?? []), ...((!readOnly && prepared?.settings) || [])]
  const ours = settings.map((setting) => `; SET LOCAL ${setting}`).join('')
  const { query } = runner
  runner.query = async (text: string, ...more: never[]) => {
    // TypeORM sends the isolation level of the DataSource as a separate statement, which the server would refuse after
    // ours.
    if (text.startsWith(SET_LEVEL)) return
    return query(text === BEGIN ? `${text}${transactionModes(options)}${ours}` : text, ...more)
  }
  try {
    await runner.startTransaction()
  } catch (error) {
    throw isStandby(error) ? refuseStandby(error) : error
  } finally {
    runner.query = query
  }
}

/** The statements by which every supported release of TypeORM begins a transaction. A test checks them. */
const BEGIN = 'START TRANSACTION'
const SET_LEVEL = 'SET TRANSACTION ISOLATION LEVEL'

/**
 * COMMIT rolls back a transaction in which a statement failed, and still reports success. The work may have caught that
 * failure, so a statement before the commit raises it again.
 */
async function commit({ runner, failed }: Connection): Promise<void> {
  if (failed) await runner.query(`SELECT 'goes on'`)
  await runner.commitTransaction()
}

/** Returns the error that makes the connection unusable, if there is one. */
async function rollBack({ runner, lost }: Connection): Promise<unknown> {
  if (lost !== undefined) return lost
  if (!runner.isTransactionActive) return undefined
  try {
    await runner.rollbackTransaction()
    return undefined
  } catch (error) {
    return error ?? new Error('The rollback failed.')
  }
}
