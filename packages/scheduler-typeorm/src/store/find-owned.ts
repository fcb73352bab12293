import type { RunLease } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import type { Names } from '../sql/names.ts'
import { toColumns } from '../sql/rowset.ts'
import { OWNED_SHAPE, selectOwnedRuns } from '../sql/select-owned-runs.ts'
import { runId } from './ledger-rows.ts'
import { statement } from './statement.ts'

/** Finds the runs that still have an owner with the given fence, whether their rows are locked or not. */
export function createFindOwned(names: Names, operation: string) {
  const find = statement(operation, selectOwnedRuns(names))

  return async (
    session: EntityManager,
    scheduler: string,
    runs: readonly Pick<RunLease, 'runId' | 'fence'>[],
  ): Promise<ReadonlySet<string>> => {
    if (runs.length === 0) return new Set<string>()
    const rows = runs.map((run) => ({ run_id: run.runId, fence: run.fence }))
    const owned = await find(session, scheduler, ...toColumns(OWNED_SHAPE, rows))
    return new Set<string>(owned.map((row) => runId(row)))
  }
}
