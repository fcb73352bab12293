import type { Renewal, RenewInput } from '@pm/scheduler-core'
import type { EntityManager } from 'typeorm'

import { integer } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { noteInstance } from '../sql/note-instance.ts'
import { LEASE_SHAPE, renewLeases } from '../sql/renew-leases.ts'
import { toColumns } from '../sql/rowset.ts'
import { progressColumns, runId } from './ledger-rows.ts'
import { statement } from './statement.ts'

export function createRenew(names: Names) {
  const note = statement('renew', noteInstance(names))
  const renew = statement('renew', renewLeases(names))

  return async (session: EntityManager, input: RenewInput): Promise<Renewal> => {
    const { scheduler, owner, leases, leaseUntil, now } = input
    const [noted] = await note(session, scheduler, owner, now)
    const storeTime = noted ? integer(noted, 'store_time') : null
    if (leases.length === 0) return { leases: [], storeTime }
    const rows = leases.map(({ runId, fence, attempt, progress }) => {
      return { run_id: runId, fence, attempt, ...progressColumns(progress) }
    })
    const kept = new Map<string, boolean>()
    for (const row of await renew(session, scheduler, leaseUntil, ...toColumns(LEASE_SHAPE, rows))) {
      kept.set(runId(row), row['cancel_requested'] === true)
    }
    const renewed = leases.map((lease) => ({
      runId: lease.runId,
      kept: kept.has(lease.runId),
      cancelRequested: kept.get(lease.runId) ?? false,
    }))
    return { leases: renewed, storeTime }
  }
}
