import type { SessionProvider } from '@pm/scheduler-core'
import type { DataSource, EntityManager } from 'typeorm'

import { inTransaction } from './in-transaction.ts'

export interface TypeormSessionsOptions {
  /** How long a unit of work waits for a connection before it fails with `STORE_UNAVAILABLE` (default 2,000). */
  readonly acquireTimeoutMs?: number
}

/**
 * Sessions on the host's own DataSource: every unit of work gets a connection and a transaction of its own, and an
 * `EntityManager` that is bound to both and refuses with `SESSION_CLOSED` once the unit has ended.
 *
 * A unit rejects with what its work rejected with. It rejects with `STORE_UNAVAILABLE`, the reason as its cause, when
 * no connection could be had, when begin or commit failed, or when the connection died under the work. Read-only units
 * see one consistent state (`REPEATABLE READ READ ONLY`). Nothing is opened before the first unit.
 */
export function createTypeormSessions(
  dataSource: DataSource,
  { acquireTimeoutMs }: TypeormSessionsOptions = {},
): SessionProvider<EntityManager> {
  return {
    withSession(work, { unit = 'unit of work', readOnly = false, signal } = {}) {
      const limits = { ...(signal && { signal }), ...(acquireTimeoutMs !== undefined && { acquireTimeoutMs }) }
      return inTransaction({ dataSource, unit, readOnly, ...limits }, async (manager) => work(manager))
    },
  }
}
