import { SchedulerError } from '@pm/scheduler-core'

/**
 * Follows our `START TRANSACTION` in the same query. It raises division by zero when the connection still has an open
 * transaction of the host: then `START TRANSACTION` is only a warning, and our work would become part of the host's
 * transaction.
 */
export const REFUSE_LEFT_OPEN = 'SELECT (1 / (now() = statement_timestamp())::int)::text'

/**
 * Whether our transaction could not begin because another one was open: the server refuses its modes, or it is aborted.
 */
export function isLeftOpen(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && LEFT_OPEN.has(error.code)
}

/**
 * Division by zero, active SQL transaction, in failed SQL transaction: no other part of the statement can raise these.
 */
const LEFT_OPEN: ReadonlySet<unknown> = new Set(['22012', '25001', '25P02'])

export function refuseLeftOpen(unit: string, cause: unknown): SchedulerError<'STORE_UNAVAILABLE'> {
  const operation = `${unit}: one connection after the other came from the pool with a transaction that the host has left open`
  return new SchedulerError('STORE_UNAVAILABLE', { operation }, { cause })
}
