import { createLoop, type Idle, type Loop } from '../../loop/loop.ts'
import type { InstanceContext } from './instance-context.ts'
import type { LeaseWriter } from './lease-writer.ts'

/** A test's clock leaves out heartbeats this long after anything happened: until then other instances see that it lives. */
const QUIET_AFTER_MS = 900_000

/**
 * Renews the leases of the runs under way here, three times per lease, and ends runs that the store says belong to
 * another owner. A lease that cannot be renewed ends by the clock.
 */
export function createRenewer<S extends object>(
  { leaseMs, active, clock, logger }: InstanceContext<S>,
  { write }: LeaseWriter,
): Loop {
  const periodMs = leaseMs / 3
  /** How soon to retry a lease whose row is locked: it still has time, and the others are renewed meanwhile. */
  const lockedMs = Math.min(1_000, periodMs / 5)

  async function renew(): Promise<number | Idle> {
    const outcomes = await write(active.executions)
    if (active.size === 0) return { sleepMs: periodMs, quietAfterMs: QUIET_AFTER_MS }
    const isLocked = [...outcomes].some(([execution, outcome]) => outcome === 'locked' && !execution.isOver)
    return isLocked ? lockedMs : periodMs
  }

  return createLoop({ name: 'renewer', clock, logger, runOnce: renew, retryMs: Math.min(1_000, periodMs / 2) })
}
