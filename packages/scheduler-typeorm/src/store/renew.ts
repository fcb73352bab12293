import type { LeaseRenewal, RenewInput } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { flag, integer } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { noteInstance } from '../sql/note-instance.ts'
import { LEASE_SHAPE, renewLeases } from '../sql/renew-leases.ts'
import { type RowOf, toColumns } from '../sql/rowset.ts'
import { OWNED_SHAPE, selectOwnedRuns } from '../sql/select-owned-runs.ts'
import { progressColumns, runId } from './ledger-rows.ts'
import { statement } from './statement.ts'

export function createRenew(names: Names) {
  const note = statement('renew', noteInstance(names))
  const renew = statement('renew', renewLeases(names))
  const findOwned = statement('renew', selectOwnedRuns(names))

  return async (session: EntityManager, input: RenewInput): Promise<LeaseRenewal> => {
    const { scheduler, owner, leases, leaseUntil, now } = input
    const [noted] = await note(session, scheduler, owner, now)
    const storeTime = noted ? integer(noted, 'store_time') : null
    if (leases.length === 0) return { leases: [], storeTime }
    const rows = leases.map(({ runId, fence, attempt, progress }) => {
      return { run_id: runId, fence, attempt, ...progressColumns(progress) }
    })
    const kept = new Map<string, boolean>()
    for (const row of await renew(session, scheduler, leaseUntil, ...toColumns(LEASE_SHAPE, rows))) {
      kept.set(runId(row), flag(row, 'cancel_requested'))
    }
    const locked = await findLocked(
      session,
      scheduler,
      rows.filter(({ run_id }) => !kept.has(run_id)),
    )
    const renewed = leases.map(({ runId }) => {
      const cancelRequested = kept.get(runId) ?? false
      const outcome = kept.has(runId) ? ('kept' as const) : locked.has(runId) ? ('locked' as const) : ('lost' as const)
      return { runId, outcome, cancelRequested }
    })
    return { leases: renewed, storeTime }
  }

  /** Of the runs that were not renewed, those that are still ours: another transaction has locked their rows. */
  async function findLocked(session: EntityManager, scheduler: string, passed: readonly RowOf<typeof OWNED_SHAPE>[]) {
    if (passed.length === 0) return new Set<string>()
    const owned = await findOwned(session, scheduler, ...toColumns(OWNED_SHAPE, passed))
    return new Set<string>(owned.map((row) => runId(row)))
  }
}
