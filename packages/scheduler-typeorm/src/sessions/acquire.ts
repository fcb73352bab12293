import { isSchedulerError, SchedulerError } from '@pm/scheduler-core'
import type { DataSource, QueryRunner } from 'typeorm'

import { toStoreError } from '../store-error.ts'
import type { AnswerLimit } from './answer-limit.ts'
import { surviveEarlyErrors } from './survive-early-errors.ts'

/** A connection that a unit of work has to itself. */
export interface Connection {
  readonly runner: QueryRunner
  /** What it broke of, once it did. */
  readonly lost: unknown
  /** Runs one of our own statements and names it when the database fails. */
  guard<T>(operation: string, statement: () => Promise<T>): Promise<T>
  /** Whether any statement has failed on it. */
  readonly failed: boolean
  /** Gives it back; with a reason it is closed instead of used again. Never rejects. */
  release(reason?: unknown): Promise<void>
}

export interface AcquireOptions {
  readonly dataSource: DataSource
  readonly unit: string
  readonly signal?: AbortSignal
  readonly acquireTimeoutMs?: number
  /** How long each statement may go unanswered (default: as long as it takes). Past that the connection counts as lost. */
  readonly answerLimit?: AnswerLimit | undefined
}

/** How long a unit waits for a connection unless told otherwise. pg by itself would wait for ever. */
const ACQUIRE_TIMEOUT_MS = 2_000

/**
 * Takes a connection of the pool.
 *
 * @throws the signal's reason when it aborts first; SchedulerError `STORE_UNAVAILABLE` when none was free or could be
 *   opened in time. A connection that comes after that goes straight back.
 */
export async function acquire(options: AcquireOptions): Promise<Connection> {
  const { dataSource, unit, signal, acquireTimeoutMs = ACQUIRE_TIMEOUT_MS } = options
  signal?.throwIfAborted()
  surviveEarlyErrors(dataSource)
  const runner = dataSource.createQueryRunner()
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

function connectionOf(runner: QueryRunner, client: unknown, { unit, answerLimit }: AcquireOptions): Connection {
  let lost: unknown
  let failed = false
  /** That it did not answer: asking it anything more would only wait again. */
  let silent: unknown
  const query = runner.query.bind(runner)
  // Everything that TypeORM does goes through here.
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
  const onError = (error: unknown) => {
    lost ??= error
  }
  if (isEmitter(client)) client.on('error', onError)
  return {
    runner,
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
        // It was released when its connection broke: there is nothing left to give back.
      }
    },
  }
}

/** TypeORM passes an error on to the pool, which then closes the connection, through a method that is not in its interface. */
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
