import type { InstanceLoad, LeaseRenewal, RenewInput } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { flag, integer } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { noteInstance } from '../sql/note-instance.ts'
import { LEASE_SHAPE, renewLeases } from '../sql/renew-leases.ts'
import { columnsOf } from '../sql/rowset.ts'
import { createFindOwned } from './find-owned.ts'
import { LEASE_CELLS } from './lease-row.ts'
import { runId } from './ledger-rows.ts'
import { statement } from './statement.ts'

export function createRenew(names: Names) {
  const note = statement('renew', noteInstance(names))
  const renew = statement('renew', renewLeases(names))
  const findOwned = createFindOwned(names, 'renew')

  return async (session: EntityManager, input: RenewInput): Promise<LeaseRenewal> => {
    const { scheduler, owner, leases, leaseUntil, now, load } = input
    const [noted] = await note(session, scheduler, owner, now, leaseUntil - now, ...loadOf(load))
    const storeTime = noted ? integer(noted, 'store_time') : null
    if (leases.length === 0) return { leases: [], storeTime }
    const kept = new Map<string, boolean>()
    for (const row of await renew(session, scheduler, leaseUntil, ...columnsOf(LEASE_SHAPE, LEASE_CELLS, leases))) {
      kept.set(runId(row), flag(row, 'cancel_requested'))
    }
    const passed = leases.filter(({ runId }) => !kept.has(runId))
    // Still ours, but not renewed: another transaction has locked their rows.
    const locked = await findOwned(session, scheduler, passed)
    const renewed = leases.map(({ runId }) => {
      const cancelRequested = kept.get(runId) ?? false
      const outcome = kept.has(runId) ? ('kept' as const) : locked.has(runId) ? ('locked' as const) : ('lost' as const)
      return { runId, outcome, cancelRequested }
    })
    return { leases: renewed, storeTime }
  }
}

function loadOf(load: InstanceLoad | undefined): readonly (number | null)[] {
  return load === undefined ? [null, null, null] : [load.concurrency, load.droppedMessages, load.leftMessages]
}
