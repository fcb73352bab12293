import type { StoreTimeReading } from '../../host/corrected-clock.ts'
import { createLoop, type Loop } from '../../loop/loop.ts'
import type { RenewedLease } from '../../ports/store.ts'
import type { RunProgress } from '../../run/ledger-entry.ts'
import { cancelExecution } from './cancel-execution.ts'
import type { InstanceContext } from './instance-context.ts'
import { trustedMs } from './lease.ts'
import { loseExecution } from './lose-execution.ts'
import type { RunExecution } from './run-execution.ts'

export interface RenewerOptions {
  readonly onStoreTime: (reading: StoreTimeReading) => void
}

/**
 * Renews the leases of the runs under way here, three times per lease, and ends runs that the store says belong to
 * another owner. A lease that cannot be renewed ends by the clock.
 */
export function createRenewer<S extends object>(context: InstanceContext<S>, options: RenewerOptions): Loop {
  const { scheduler, instance, leaseMs, store, units, active, events, clock, logger, redact } = context
  const periodMs = leaseMs / 3
  /** How soon to retry a lease whose row is locked: it still has time, and the others are renewed meanwhile. */
  const lockedMs = Math.min(1_000, periodMs / 5)
  const emitted = new WeakMap<RunExecution, RunProgress>()

  async function renew(): Promise<number> {
    // Counted from before the call: a slow answer does not lengthen the lease.
    const startedAt = clock.monotonic()
    const now = clock.now()
    const leases = Array.from(active.executions, ({ claim, attempt, progress }) => {
      return { runId: claim.id, fence: claim.fence, attempt, progress }
    })
    const input = { scheduler, owner: instance, leases, leaseUntil: now + leaseMs, now }
    const renewInStore = async (session: S) => {
      const askedAt = clock.monotonic()
      const { leases, storeTime } = await store.renew(session, input)
      return { leases, reading: storeTime === null ? null : { storeTime, askedAt, answeredAt: clock.monotonic() } }
    }
    // Also without a lease, since the call records that this instance lives.
    const { leases: renewed, reading } = await units.run('renew', renewInStore, { wrote: () => true })
    if (reading) options.onStoreTime(reading)
    const trustedUntil = startedAt + trustedMs(leaseMs)
    const written = new Map(leases.map(({ runId, progress }) => [runId, progress]))
    const locked = renewed.filter((lease) => {
      const execution = active.get(lease.runId)
      if (execution) take(execution, lease, { trustedUntil, written: written.get(lease.runId) })
      return lease.outcome === 'locked' && execution?.isOver === false
    })
    return locked.length > 0 ? lockedMs : periodMs
  }

  function take(
    execution: RunExecution,
    { outcome, cancelRequested }: RenewedLease,
    { trustedUntil, written }: Asked,
  ): void {
    if (outcome === 'lost') loseExecution(execution, logger)
    if (outcome === 'kept') {
      execution.trustedUntil = trustedUntil
      // The ledger calls the run running, so the transaction of its completion was rolled back.
      execution.isCompleting = false
    }
    if (cancelRequested) cancelExecution(execution, { reason: 'asked for', redact })
    tell(execution, outcome === 'kept' ? written : null)
  }

  /** Emits a progress that the store has written and had not before. */
  function tell(execution: RunExecution, progress: RunProgress | null | undefined): void {
    if (!progress || emitted.get(execution) === progress) return
    emitted.set(execution, progress)
    const { id: runId, job } = execution.claim
    events.emit('run-progress', { job, runId, ...progress })
  }

  return createLoop({ name: 'renewer', clock, logger, runOnce: renew, retryMs: Math.min(1_000, periodMs / 2) })
}

/**
 * What one renewal asked for: until when the lease is trusted once it is kept, and the progress that was written with
 * it.
 */
interface Asked {
  readonly trustedUntil: number
  readonly written: RunProgress | null | undefined
}
