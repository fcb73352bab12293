import type { LeaseRenewal, RenewInput } from '../ports/store.ts'
import { ReplaceRun } from './changes/replace-run.ts'
import { SetKey } from './changes/set-key.ts'
import { isRunning } from './state/ledger.ts'
import type { Library } from './state/library.ts'

export function renew(library: Library, { scheduler, owner, leases, leaseUntil, now }: RenewInput): LeaseRenewal {
  const { ledger, instances } = library.book(scheduler)
  const { firstSeenAt = now, lastSeenAt = now } = instances.get(owner) ?? {}
  const life = { firstSeenAt, lastSeenAt: Math.max(lastSeenAt, now) }
  library.timeline.apply(new SetKey(instances, owner, life))
  const renewed = leases.map(({ runId, fence, attempt, progress }) => {
    const row = ledger.find(runId)
    if (!isRunning(row) || row.entry.fence !== fence) return { runId, outcome: 'lost' as const, cancelRequested: false }
    library.timeline.apply(new ReplaceRun(row, { ...row.entry, leaseUntil, attempt, progress }))
    return { runId, outcome: 'kept' as const, cancelRequested: row.entry.cancelRequested }
  })
  return { leases: renewed, storeTime: null }
}
