import type { DataSource, QueryRunner } from 'typeorm'

import { queryRows, text } from '../query.ts'
import { acquire, type Connection } from './acquire.ts'
import type { AnswerLimit } from './answer-limit.ts'

/** Which process of the server works for a connection. */
export interface BackendIds {
  of(connection: Pick<Connection, 'client' | 'runner'>): Promise<string>
}

/**
 * Asks once per connection where that reaches the server itself, as the client's own id then shows. Behind a pooler the
 * process differs from transaction to transaction, so that it is asked in each.
 */
export function createBackendIds(): BackendIds {
  const direct = new WeakMap<object, string>()
  return {
    async of({ client, runner }) {
      if (typeof client !== 'object' || client === null) return ask(runner)
      const known = direct.get(client)
      if (known !== undefined) return known
      const id = await ask(runner)
      if ('processID' in client && String(client.processID) === id) direct.set(client, id)
      return id
    },
  }
}

async function ask(runner: QueryRunner): Promise<string> {
  const [row = {}] = await queryRows(runner, 'SELECT pg_backend_pid()::text AS pid')
  return text(row, 'pid')
}

export interface BreakOffOptions {
  readonly dataSource: DataSource
  readonly unit: string
  readonly signal?: AbortSignal
  readonly acquireTimeoutMs?: number
  readonly answerLimit?: AnswerLimit | undefined
  readonly backendIds?: BackendIds | undefined
}

/**
 * Does the work of a unit. Once the signal aborts, every statement of it rejects with the signal's reason, and the one
 * that is waited for is cancelled on the server. Resolves only when none is under way there, so that the connection can
 * be rolled back and used again: a cancellation that came later would hit the statement of somebody else.
 *
 * Without `backendIds` the work runs to its end.
 */
export async function breakingOff<T>(
  connection: Connection,
  { signal, backendIds, ...options }: BreakOffOptions,
  work: () => Promise<T>,
): Promise<T> {
  if (!signal || !backendIds) return work()
  const { runner } = connection
  const { query } = runner
  const backend = await backendIds.of(connection)
  runner.query = (...statement: Parameters<typeof query>) =>
    unlessAborted(
      signal,
      () => query(...statement),
      (ended) => cancel(backend, { ...options, signal: ended }),
    )
  try {
    return await work()
  } finally {
    runner.query = query
  }
}

/** `query` has to be called at once: what it runs may depend on how the runner is just now. */
async function unlessAborted<T>(
  signal: AbortSignal,
  query: () => Promise<T>,
  cancelNow: (ended: AbortSignal) => Promise<void>,
): Promise<T> {
  signal.throwIfAborted()
  const ended = new AbortController()
  const cancelling: Promise<void>[] = []
  const onAbort = () => void cancelling.push(cancelNow(ended.signal))
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await query()
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  } finally {
    signal.removeEventListener('abort', onAbort)
    ended.abort()
    await Promise.all(cancelling)
  }
}

/**
 * Cancels the statement of a server process from a second connection, unless it ends before there is one. Never rejects:
 * where it fails, the time limit of the statement ends it a little later.
 */
async function cancel(
  backend: string,
  options: Omit<BreakOffOptions, 'backendIds'> & { readonly signal: AbortSignal },
): Promise<void> {
  try {
    const helper = await acquire({ ...options, unit: `${options.unit}: cancel`, isOwn: true })
    try {
      if (!options.signal.aborted) await helper.runner.query('SELECT pg_cancel_backend($1::int)', [backend])
    } finally {
      await helper.release(helper.lost)
    }
  } catch {
    // Told by the statement itself: it runs into its time limit.
  }
}
