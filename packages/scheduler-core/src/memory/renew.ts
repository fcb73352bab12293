import type { LeaseRenewal, RenewInput } from '../ports/store.ts'
import { ReplaceRun } from './changes/replace-run.ts'
import { SetKey } from './changes/set-key.ts'
import { isRunning } from './state/ledger.ts'
import type { MemoryDatabase } from './state/memory-database.ts'

export function renew(
  database: MemoryDatabase,
  { scheduler, owner, leases, leaseUntil, now }: RenewInput,
): LeaseRenewal {
  const { ledger, instances } = database.scheduler(scheduler)
  const { firstSeenAt = now, lastSeenAt = now } = instances.get(owner) ?? {}
  const life = { firstSeenAt, lastSeenAt: Math.max(lastSeenAt, now) }
  database.undoLog.apply(new SetKey(instances, owner, life))
  const renewed = leases.map(({ runId, fence, attempt, progress }) => {
    const row = ledger.find(runId)
    if (!isRunning(row) || row.entry.fence !== fence) return { runId, outcome: 'lost' as const, cancelRequested: false }
    database.undoLog.apply(new ReplaceRun(row, { ...row.entry, leaseUntil, attempt, progress }))
    return { runId, outcome: 'kept' as const, cancelRequested: row.entry.cancelRequested }
  })
  return { leases: renewed, storeTime: null }
}
