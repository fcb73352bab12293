import type { RenewedLease, RenewInput } from '@pm/scheduler-core'
import type { EntityManager } from 'typeorm'

import type { Names } from '../sql/names.ts'
import { noteInstance } from '../sql/note-instance.ts'
import { renewLeases } from '../sql/renew-leases.ts'
import { runId } from './ledger-rows.ts'
import { statement } from './statement.ts'

export function createRenew(names: Names) {
  const note = statement('renew', noteInstance(names))
  const renew = statement('renew', renewLeases(names))

  return async (session: EntityManager, input: RenewInput): Promise<readonly RenewedLease[]> => {
    const { scheduler, owner, leases, leaseUntil, now } = input
    await note(session, scheduler, owner, now)
    if (leases.length === 0) return []
    const rows = leases.map(({ runId, fence, attempt }) => ({ run_id: runId, fence, attempt }))
    const kept = new Map<string, boolean>()
    for (const row of await renew(session, scheduler, JSON.stringify(rows), leaseUntil)) {
      kept.set(runId(row), row['cancel_requested'] === true)
    }
    return leases.map((lease) => ({
      runId: lease.runId,
      kept: kept.has(lease.runId),
      cancelRequested: kept.get(lease.runId) ?? false,
    }))
  }
}
