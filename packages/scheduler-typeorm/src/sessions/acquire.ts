import { isSchedulerError, SchedulerError } from '@pm/scheduler-core'
import type { DataSource, QueryRunner } from 'typeorm'

import { toStoreError } from '../store-error.ts'
import type { AnswerLimit } from './answer-limit.ts'
import type { PreparedStatements } from './prepared-statements.ts'
import { surviveEarlyErrors } from './survive-early-errors.ts'
import { markAsOwn } from './without-scheduler-queries.ts'

/** A connection that belongs to one unit of work. */
export interface Connection {
  readonly runner: QueryRunner
  /** What TypeORM connected to: a client of pg. */
  readonly client: unknown
  /** The error that broke the connection; `undefined` while it works. */
  readonly lost: unknown
  /** Runs one of our own statements. A failure of the database names `operation`. */
  guard<T>(operation: string, statement: () => Promise<T>): Promise<T>
  /** Whether any statement has failed on this connection. */
  readonly failed: boolean
  /** Returns the connection to the pool. With a reason, closes it instead. Never rejects. */
  release(reason?: unknown): Promise<void>
}

export interface AcquireOptions {
  /** Whether the unit is the scheduler's own, whose statements a host may leave out of its log (default false). */
  readonly isOwn?: boolean
  readonly dataSource: DataSource
  readonly unit: string
  readonly signal?: AbortSignal
  readonly acquireTimeoutMs?: number
  /** How long each statement may go unanswered (default no limit). After that the connection counts as lost. */
  readonly answerLimit?: AnswerLimit | undefined
  /** Prepares statements of the store (default none: each is sent whole). */
  readonly prepared?: PreparedStatements | undefined
}

/** How long a unit waits for a connection by default. pg itself waits without a limit. */
const ACQUIRE_TIMEOUT_MS = 2_000

/**
 * Takes a connection of the pool.
 *
 * @throws the signal's reason when it aborts first; SchedulerError `STORE_UNAVAILABLE` when no connection was free or
 *   could be opened in time. A connection that arrives later is returned at once.
 */
export async function acquire(options: AcquireOptions): Promise<Connection> {
  const { dataSource, unit, isOwn = false, signal, acquireTimeoutMs = ACQUIRE_TIMEOUT_MS } = options
  signal?.throwIfAborted()
  surviveEarlyErrors(dataSource)
  const runner = dataSource.createQueryRunner()
  if (isOwn) markAsOwn(runner)
  const timeout = AbortSignal.timeout(acquireTimeoutMs)
  const connecting = Promise.resolve(runner.connect())
  try {
    const client: unknown = await orAborted(connecting, signal ? AbortSignal.any([signal, timeout]) : timeout)
    return connectionOf(runner, client, options)
  } catch (error) {
    connecting.then(() => runner.release()).catch(() => {})
    if (signal?.aborted) throw signal.reason
    if (!timeout.aborted) throw toStoreError(error, unit)
    const operation = `${unit}: no connection within ${acquireTimeoutMs} ms`
    throw new SchedulerError('STORE_UNAVAILABLE', { operation }, { cause: error })
  }
}

function connectionOf(runner: QueryRunner, client: unknown, options: AcquireOptions): Connection {
  const { unit, answerLimit, prepared } = options
  let lost: unknown
  let failed = false
  /**
   * The error of the statement that was not answered in time. Every later statement fails with it instead of waiting
   * again.
   */
  let silent: unknown
  const query = runner.query.bind(runner)
  // Every statement that TypeORM sends goes through this function.
  runner.query = async (...statement: Parameters<typeof query>) => {
    if (silent !== undefined) throw silent
    const answer = query(...statement)
    try {
      return await (answerLimit ? answerLimit.await(unit, answer) : answer)
    } catch (error) {
      failed = true
      if (isSchedulerError(error)) lost = silent = error
      throw error
    }
  }
  prepared?.offerOn(runner)
  const onError = (error: unknown) => {
    lost ??= error
  }
  if (isEmitter(client)) client.on('error', onError)
  return {
    runner,
    client,
    get lost() {
      return lost
    },
    get failed() {
      return failed
    },
    async guard(operation, statement) {
      try {
        return await statement()
      } catch (error) {
        throw toStoreError(error, operation)
      }
    },
    async release(reason) {
      if (isEmitter(client)) client.off('error', onError)
      try {
        if (reason === undefined) await runner.release()
        else await discard(runner, reason)
      } catch {
        // TypeORM released it when the connection broke.
      }
    },
  }
}

/**
 * Releases the connection with an error, so that the pool closes it. TypeORM's method for this is not in its interface.
 */
async function discard(runner: QueryRunner, reason: unknown): Promise<void> {
  const error = reason instanceof Error ? reason : new Error(String(reason))
  if (canDiscard(runner)) await runner.releasePostgresConnection(error)
  else await runner.release()
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

interface Emitter {
  on(event: 'error', listener: (error: unknown) => void): unknown
  off(event: 'error', listener: (error: unknown) => void): unknown
}

function isEmitter(client: unknown): client is Emitter {
  return typeof client === 'object' && client !== null && 'on' in client && 'off' in client
}

function canDiscard(runner: QueryRunner): runner is QueryRunner & {
  releasePostgresConnection(error: Error): Promise<void>
} {
  return 'releasePostgresConnection' in runner
}
