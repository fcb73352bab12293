import type { EntityManager } from 'typeorm'

import { queryRows, type Row } from '../query.ts'
import { toStoreError } from '../store-error.ts'

/** Runs one statement of the store in the session of a unit of work. */
export type Statement = (session: EntityManager, ...parameters: readonly unknown[]) => Promise<readonly Row[]>

/**
 * A statement that rejects with `STORE_UNAVAILABLE` for failures that may pass and `STORE_REFUSED` for those that
 * cannot.
 */
export function statement(operation: string, text: string): Statement {
  return async (session, ...parameters) => {
    try {
      return await queryRows(session, text, parameters)
    } catch (error) {
      throw toStoreError(error, operation)
    }
  }
}
