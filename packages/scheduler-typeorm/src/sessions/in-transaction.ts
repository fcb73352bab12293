import type { DataSource, EntityManager, QueryRunner } from 'typeorm'

import { isConnectionLost, toStoreError } from '../store-error.ts'
import { acquire, type Connection } from './acquire.ts'
import type { AnswerLimit } from './answer-limit.ts'
import { isLeftOpen, refuseLeftOpen } from './left-open.ts'
import { revoke } from './revoke.ts'
import { isStandby, refuseStandby } from './standby.ts'
import { type TransactionModes, transactionModes } from './transaction-modes.ts'

export interface TransactionOptions extends TransactionModes {
  readonly dataSource: DataSource
  readonly unit: string
  readonly signal?: AbortSignal
  readonly acquireTimeoutMs?: number
  readonly answerLimit?: AnswerLimit | undefined
}

/**
 * Runs `work` in a transaction on a connection of its own and gives the connection back on every path: whole to the
 * pool, or thrown away when it broke or could not be rolled back.
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
    const result = await work(runner.manager)
    await connection.guard(`${unit}: commit`, () => commit(connection))
    return result
  } catch (error) {
    broken = await rollBack(connection)
    // When the connection died, what the work rejected with is only the way in which it noticed.
    throw connection.lost !== undefined && isConnectionLost(error) ? toStoreError(error, unit) : error
  } finally {
    await connection.release(broken ?? connection.lost)
    revoke(runner, unit)
  }
}

/** A connection in a transaction of ours. One that comes with a transaction of the host's is closed, and the next one taken. */
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

/** As many connections as a host may spoil at once, before a unit gives up. */
const MAX_ATTEMPTS = 10

/**
 * Through TypeORM, which counts its transactions: one that a host opens inside becomes a savepoint of ours. What is to hold
 * for the transaction goes along with its first statement, in one round trip.
 */
async function begin(runner: QueryRunner, options: TransactionOptions): Promise<void> {
  const settings = options.answerLimit?.settings.map((setting) => `; SET LOCAL ${setting}`) ?? []
  const { query } = runner
  runner.query = async (text: string, ...more: never[]) => {
    // A level that the DataSource asks for comes as a statement of its own, and after ours it would be refused.
    if (text.startsWith(SET_LEVEL)) return
    return query(text === BEGIN ? `${text}${transactionModes(options)}${settings.join('')}` : text, ...more)
  }
  try {
    await runner.startTransaction()
  } catch (error) {
    throw isStandby(error) ? refuseStandby(error) : error
  } finally {
    runner.query = query
  }
}

/** What TypeORM says, in all releases that we support; a test holds it to that. */
const BEGIN = 'START TRANSACTION'
const SET_LEVEL = 'SET TRANSACTION ISOLATION LEVEL'

/**
 * COMMIT of a transaction in which a statement failed rolls it back and reports success. When the work has swallowed
 * such a failure, a statement brings it up again before its loss goes unnoticed.
 */
async function commit({ runner, failed }: Connection): Promise<void> {
  if (failed) await runner.query(`SELECT 'goes on'`)
  await runner.commitTransaction()
}

/** Answers what went wrong with it, so that the connection is not used again. */
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
