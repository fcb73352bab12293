import type { InstanceLife } from '../ports/definitions.ts'
import type { LeaseRenewal, RenewInput } from '../ports/leases.ts'
import { ReplaceRun } from './changes/replace-run.ts'
import { SetKey } from './changes/set-key.ts'
import type { MemoryDatabase } from './state/memory-database.ts'
import { isRunning } from './state/row.ts'

export function renew(
  database: MemoryDatabase,
  { scheduler, owner, leases, leaseUntil, now, load }: RenewInput,
): LeaseRenewal {
  const { ledger, instances, loads } = database.scheduler(scheduler)
  database.undoLog.apply(new SetKey(instances, owner, seen(instances.get(owner), { owner, leaseUntil, now })))
  if (load !== undefined) database.undoLog.apply(new SetKey(loads, owner, load))
  const renewed = leases.map(({ runId, fence, ...present }) => {
    const row = ledger.find(runId)
    if (!isRunning(row) || row.open.fence !== fence || row.open.releasedAt !== null)
      return { runId, outcome: 'lost' as const, cancelRequested: false }
    database.undoLog.apply(new ReplaceRun(row, { ...row.open, leaseUntil, ...present }))
    return { runId, outcome: 'kept' as const, cancelRequested: row.open.cancelRequested }
  })
  return { leases: renewed, storeTime: null }
}

function seen(
  life: InstanceLife | undefined,
  { owner, leaseUntil, now }: Pick<RenewInput, 'owner' | 'leaseUntil' | 'now'>,
): InstanceLife {
  const { firstSeenAt, lastSeenAt, ...known } = life ?? { ...UNKNOWN, firstSeenAt: now, lastSeenAt: now }
  const seenAt = Math.max(lastSeenAt, now)
  return { ...known, instance: owner, firstSeenAt, lastSeenAt: seenAt, leaseMs: leaseUntil - now }
}

/** What is known of an instance that renews leases and never entered. */
const UNKNOWN = { role: 'scheduler', leftAt: null, timeZoneData: null, host: null, pid: null, version: null } as const
