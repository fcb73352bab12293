import type { EntityManager } from 'typeorm'

import { type Row, text, textOrNull } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { selectCalls } from '../sql/select-calls.ts'
import { type CallsByRun, toCallsByRun } from './ledger-rows.ts'
import { statement } from './statement.ts'

/** Reads the provider calls of the runs among these ledger rows. Calls are stored when a run settles. */
export function createReadCalls(names: Names, operation: string) {
  const select = statement(operation, selectCalls(names))
  return async (session: EntityManager, rows: readonly Row[]): Promise<CallsByRun> => {
    const settled = rows.filter((row) => textOrNull(row, 'kind') === 'run' && textOrNull(row, 'settled_at') !== null)
    if (settled.length === 0) return toCallsByRun([])
    const ids = settled.map((row) => text(row, 'id'))
    return toCallsByRun(await select(session, ids))
  }
}
