import { createHash } from 'node:crypto'

import type { EntityManager } from 'typeorm'

import { queryRows, type Row } from '../query.ts'
import { runPrepared } from '../sessions/prepared-statements.ts'
import { toStoreError } from '../store-error.ts'

/** Runs one statement of the store in the session of a unit of work. */
export type Statement = (session: EntityManager, ...parameters: readonly unknown[]) => Promise<readonly Row[]>

/**
 * A statement that rejects with `STORE_UNAVAILABLE` for failures that may pass and `STORE_REFUSED` for those that
 * cannot. It is prepared from its second run on, where the session allows it. So a statement that is made for a single
 * call, because its text depends on what is asked, is planned for the values of that call and leaves nothing behind on
 * the server.
 */
export function statement(operation: string, text: string): Statement {
  let runs = 0
  let name: string | undefined
  return async (session, ...parameters) => {
    try {
      if (runs++ === 0) return await queryRows(session, text, parameters)
      name ??= nameOf(text)
      const preparable = { operation, text, name }
      return await queryRows({ query: (_, values = []) => runPrepared(session, preparable, values) }, text, parameters)
    } catch (error) {
      throw toStoreError(error, operation)
    }
  }
}

/** The same for the same text: several stores on one connection share what is prepared there. */
function nameOf(text: string): string {
  return `pm_scheduler_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
}
