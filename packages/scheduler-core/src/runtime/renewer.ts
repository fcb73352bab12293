import type { Clock } from '../clock.ts'
import { SchedulerError } from '../errors.ts'
import type { InstanceId } from '../ids.ts'
import type { Logger } from '../ports/logger.ts'
import type { Store } from '../ports/store.ts'
import type { Redact } from '../run/stored-error.ts'
import type { ActiveRuns } from './active-runs.ts'
import { cancelExecution } from './cancel-execution.ts'
import type { StoreTimeReading } from './corrected-clock.ts'
import { createLoop, type Loop } from './loop.ts'
import type { RunExecution } from './run-execution.ts'
import type { Units } from './units.ts'

export interface RenewerOptions<S> {
  readonly scheduler: string
  readonly instance: InstanceId
  readonly leaseMs: number
  readonly store: Store<S>
  readonly units: Units<S>
  readonly active: ActiveRuns
  readonly clock: Clock
  readonly logger: Logger
  readonly redact: Redact
  readonly onStoreTime: (reading: StoreTimeReading) => void
}

/** Of a lease, this part at its end is not trusted: clocks and networks are late at times. */
const MARGIN = 1 / 6

/**
 * Renews the leases of the runs under way here, three times per lease, and tells them when they are no longer
 * ours: when the store says so, or when the lease has run out because the store could not be reached.
 */
export function createRenewer<S>(options: RenewerOptions<S>): Loop {
  const { scheduler, instance, leaseMs, store, units, active, clock, logger, redact } = options
  const periodMs = leaseMs / 3
  let trustedUntil = Infinity

  async function renew(): Promise<number> {
    const executions = [...active.executions]
    try {
      await renewLeases(executions)
    } catch (error) {
      if (clock.monotonic() + periodMs / 2 > trustedUntil) executions.forEach(lose)
      throw error
    }
    return periodMs
  }

  async function renewLeases(executions: readonly RunExecution[]): Promise<void> {
    // Counted from before the call: an answer that took long does not lengthen the lease.
    const startedAt = clock.monotonic()
    const now = clock.now()
    const leases = executions.map(({ claim, attempt }) => ({ runId: claim.id, fence: claim.fence, attempt }))
    const input = { scheduler, owner: instance, leases, leaseUntil: now + leaseMs, now }
    const { leases: renewed, reading } = await units.run('renew', async (session) => {
      const askedAt = clock.monotonic()
      const { leases, storeTime } = await store.renew(session, input)
      return { leases, reading: storeTime === null ? null : { storeTime, askedAt, answeredAt: clock.monotonic() } }
    })
    if (reading) options.onStoreTime(reading)
    trustedUntil = startedAt + leaseMs * (1 - MARGIN)
    for (const { runId, kept, cancelRequested } of renewed) {
      const execution = active.get(runId)
      if (execution && !kept) lose(execution)
      else if (execution && cancelRequested) cancelExecution(execution, { reason: 'asked for', redact })
    }
  }

  function lose(execution: RunExecution): void {
    // A run that is being settled at this moment has no lease any more, and has lost nothing.
    if (execution.isOver) return
    const { id, job } = execution.claim
    logger.error({ job, runId: id }, 'A run lost its lease; it is aborted and its outcome left to the sweep')
    execution.end({ kind: 'lost' }, new SchedulerError('LEASE_LOST', { runId: id }))
  }

  return createLoop({ name: 'renewer', clock, logger, runOnce: renew, retryMs: Math.min(1_000, periodMs / 2) })
}
