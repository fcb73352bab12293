import { createHash } from 'node:crypto'

import type { EntityManager } from 'typeorm'

import { type QueryTarget, queryRows, type Row } from '../query.ts'
import { runPrepared } from '../sessions/prepared-statements.ts'
import { markStatement } from '../sessions/without-scheduler-queries.ts'
import { asStoreError } from '../store-error.ts'

/** Runs one statement of the store in the session of a unit of work. */
export type Statement = (session: EntityManager, ...parameters: readonly unknown[]) => Promise<readonly Row[]>

/**
 * A statement that rejects with `STORE_UNAVAILABLE` for failures that may pass and `STORE_REFUSED` for those that
 * cannot. It is prepared from its second run on, where the session allows it. So a statement that is made for a single
 * call, because its text depends on what is asked, is planned for the values of that call and leaves nothing behind on
 * the server. `isPlannedOnce` as in `PreparableStatement`.
 */
export function statement(operation: string, text: string, { isPlannedOnce = false } = {}): Statement {
  const plain = plainStatement(operation, text)
  let runs = 0
  let name: string | undefined
  return (session, ...parameters) => {
    if (runs++ === 0) return plain(session, ...parameters)
    name ??= nameOf(text)
    const preparable = { operation, text, name, isPlannedOnce }
    markStatement(session, text)
    const prepared: QueryTarget = { query: (_, values = []) => runPrepared(session, preparable, values) }
    return asStoreError(operation, () => queryRows(prepared, text, parameters))
  }
}

/**
 * A statement that is never prepared: for what is asked when a scheduler opens and seldom afterwards. Opening is not
 * tried again, and must not fail because a host has discarded what was prepared on its connection.
 */
export function plainStatement(operation: string, text: string): Statement {
  return (session, ...parameters) => {
    markStatement(session, text)
    return asStoreError(operation, () => queryRows(session, text, parameters))
  }
}

/** The same for the same text: several stores on one connection share what is prepared there. */
function nameOf(text: string): string {
  return `pm_scheduler_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
}
