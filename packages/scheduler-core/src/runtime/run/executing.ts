import type { StoreTimeReading } from '../../host/corrected-clock.ts'
import type { RunId } from '../../ids.ts'
import { createAlarms } from '../../loop/alarms.ts'
import type { Loop } from '../../loop/loop.ts'
import type { Claim } from './active-runs.ts'
import { createAttemptNotes } from './attempt-notes.ts'
import { cancelExecution } from './cancel-execution.ts'
import { createDispatcher } from './dispatcher.ts'
import { createExecutor } from './executor.ts'
import type { InstanceContext } from './instance-context.ts'
import { createLeaseWatch } from './lease-watch.ts'
import { createLeaseWriter } from './lease-writer.ts'
import { createReleaser } from './releaser.ts'
import { createRenewer } from './renewer.ts'
import { createSettler } from './settler.ts'
import { createStartGate } from './start-gate.ts'

/** What executes the runs of an instance and records what becomes of them. */
export interface Executing {
  readonly renewer: Loop
  /** Learns the store's time, where that is followed: a host whose clock is ahead takes living runs for dead. Never rejects. */
  learnTime(): Promise<void>
  /** How many outcomes the store refuses to write although it writes others. */
  readonly refused: number
  start(claims: readonly Claim[]): void
  /** Cancels those of these runs that are under way here. */
  cancel(runs: readonly RunId[], reason: string): void
  /** Begins and writes nothing more, but for the renewals: their loop is stopped last. */
  end(): void
}

export interface ExecutingOptions {
  readonly onStoreTime: (reading: StoreTimeReading) => void
  /** Called when a run of this job is over for this instance. */
  readonly onOver: (job: string) => void
}

export function createExecuting<S extends object>(
  context: InstanceContext<S>,
  { onStoreTime, onOver }: ExecutingOptions,
): Executing {
  const { clock, toStoredError, active, options, logger } = context
  const alarms = createAlarms(clock)
  const leases = createLeaseWatch(context)
  const settler = createSettler<S>(context)
  const releaser = createReleaser<S>(context)
  const leaseWriter = createLeaseWriter<S>(context, { onStoreTime })
  const notes = createAttemptNotes<S>(context, leaseWriter)
  const gate = createStartGate(context)
  const executor = createExecutor<S>(context, { settler, releaser, alarms, leases, notes, gate, onOver })
  const dispatcher = createDispatcher<S>(context, executor)

  return {
    renewer: createRenewer<S>(context, leaseWriter),
    async learnTime() {
      if (!options.followStoreClock) return
      // The renewer tries again.
      await leaseWriter.write([]).catch((error) => logger.warn({ err: error }, "The store's time is not known yet"))
    },
    get refused() {
      return settler.refused
    },
    start: dispatcher.start,
    cancel(runs, reason) {
      for (const id of runs) {
        const execution = active.get(id)
        if (execution) cancelExecution(execution, { reason, toStoredError })
      }
    },
    end() {
      dispatcher.close()
      settler.stop()
      releaser.stop()
      alarms.clear()
      leases.clear()
    },
  }
}
