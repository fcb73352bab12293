import { isSchedulerError } from '../../errors.ts'
import type { StoreTimeReading } from '../../host/corrected-clock.ts'
import type { RenewedLease } from '../../ports/leases.ts'
import type { RunProgress } from '../../run/ledger-entry.ts'
import { cancelExecution } from './cancel-execution.ts'
import type { InstanceContext } from './instance-context.ts'
import { instanceLoad } from './instance-load.ts'
import { trustedMs } from './lease.ts'
import { loseExecution } from './lose-execution.ts'
import type { RunExecution } from './run-execution.ts'
import { toRunFields } from './to-run-fields.ts'

/** Writes the leases of runs under way here, each with what is to be known of the run by now. */
export interface LeaseWriter {
  /**
   * Writes the leases of these runs, and heeds the answers: a run that another owner has is lost, one that shall be
   * cancelled is. Resolves with the outcome of each. One write follows another, so that an older one never replaces a
   * newer one. Rejects when the store fails.
   */
  write(executions: Iterable<RunExecution>): Promise<ReadonlyMap<RunExecution, RenewedLease['outcome']>>
}

export interface LeaseWriterOptions {
  readonly onStoreTime: (reading: StoreTimeReading) => void
}

export function createLeaseWriter<S extends object>(
  context: InstanceContext<S>,
  { onStoreTime }: LeaseWriterOptions,
): LeaseWriter {
  const { scheduler, instance, leaseMs, store, units, events, clock, logger, toStoredError } = context
  const emitted = new WeakMap<RunExecution, RunProgress>()
  let last: Promise<unknown> = Promise.resolve()

  /** Leaves out what the store can never take of the texts: one of them would cost every run of this instance its lease. */
  async function writeNow(some: Iterable<RunExecution>) {
    const executions = [...some]
    try {
      return await writeOnce(executions, { mayBeRefused: true })
    } catch (error) {
      if (!isSchedulerError(error, 'STORE_REFUSED')) throw error
      const runs = toRunFields(executions.map(({ claim }) => claim))
      logger.warn(
        { err: error, ...runs },
        'The store can never take a text of a run under way, which is reduced to ASCII',
      )
      for (const execution of executions) execution.reduceTexts()
      return writeOnce(executions, { mayBeRefused: false })
    }
  }

  async function writeOnce(executions: readonly RunExecution[], refusal: { readonly mayBeRefused: boolean }) {
    // Counted from before the call: a slow answer does not lengthen the lease.
    const startedAt = clock.monotonic()
    const now = clock.now()
    const written = executions.map((execution) => ({ execution, lease: execution.lease() }))
    const leases = written.map(({ lease }) => lease)
    const load = instanceLoad(context)
    const input = { scheduler, owner: instance, leases, leaseUntil: now + leaseMs, now, load }
    const renewInStore = async (session: S) => {
      const askedAt = clock.monotonic()
      const { leases, storeTime } = await store.renew(session, input)
      return { leases, reading: storeTime === null ? null : { storeTime, askedAt, answeredAt: clock.monotonic() } }
    }
    // Also without a lease, since the call records that this instance lives.
    const { leases: renewed, reading } = await units.run('renew', renewInStore, { wrote: () => true, ...refusal })
    if (reading) onStoreTime(reading)
    const trustedUntil = startedAt + trustedMs(leaseMs)
    const answers = new Map(renewed.map((lease) => [lease.runId, lease]))
    const outcomes = new Map<RunExecution, RenewedLease['outcome']>()
    for (const { execution, lease } of written) {
      const answer = answers.get(lease.runId)
      if (!answer) continue
      take(execution, answer, { trustedUntil, progress: lease.progress })
      outcomes.set(execution, answer.outcome)
    }
    return outcomes
  }

  function take(execution: RunExecution, { outcome, cancelRequested }: RenewedLease, asked: Asked): void {
    if (outcome === 'lost') loseExecution(execution, logger)
    if (outcome === 'kept') {
      execution.trustedUntil = asked.trustedUntil
      // The ledger calls the run running, so the transaction of its completion was rolled back.
      execution.isCompleting = false
    }
    if (cancelRequested) cancelExecution(execution, { reason: 'asked for', toStoredError })
    tell(execution, outcome === 'kept' ? asked.progress : null)
  }

  /** Emits a progress that the store has written and had not before. */
  function tell(execution: RunExecution, progress: RunProgress | null): void {
    if (!progress || emitted.get(execution) === progress) return
    emitted.set(execution, progress)
    const { id: runId, job } = execution.claim
    events.emit('run-progress', { job, runId, ...progress })
  }

  return {
    write(executions) {
      const writing = last.then(() => writeNow(executions))
      last = writing.catch(() => {})
      return writing
    },
  }
}

/** Until when a lease is trusted once it is kept, and the progress that was written with it. */
interface Asked {
  readonly trustedUntil: number
  readonly progress: RunProgress | null
}
