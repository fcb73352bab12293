import type { EpochMs } from '../clock.ts'
import type { RunId } from '../ids.ts'
import type { SettledRunState } from '../run/states.ts'
import type { StoredError } from '../run/stored-error.ts'

/** A claimed run on its way to the place that executes it. */
export interface RunMessage {
  /** The run's id. An engine that gets it twice delivers the run once. */
  readonly idempotencyKey: RunId
  readonly scheduler: string
  readonly job: string
  readonly scheduledFor: EpochMs | null
}

/** The state in which a run was settled; `null` when this instance does not own the run. */
export type RunOutcome = SettledRunState | null

/** Watches a run while it is executed, such as for a trace. What it throws is logged, and changes nothing. */
export interface RunObserver {
  /**
   * Called when an attempt has failed, and when the run was ended from outside. The error has its stack, and no secret of
   * the scheduler.
   */
  failed(error: StoredError, attempt: number): void
}

/**
 * Delivers claimed runs to the place that executes them. A scheduler without an engine begins them in this process. An engine
 * never decides when a run is due.
 */
export interface Engine {
  /** Begins delivery. `execute` resolves with the outcome and never rejects. */
  start(execute: (message: RunMessage, observer?: RunObserver) => Promise<RunOutcome>): Promise<void>
  /** Takes runs for delivery. Resolves when they are safely taken, not when they have run. */
  dispatch(messages: readonly RunMessage[]): Promise<void>
  /** Ends delivery. Drops runs that were dispatched and not yet delivered. */
  stop(): Promise<void>
}

/**
 * Executes each run in this process, at once, as a scheduler without an engine does. It is for an engine that wraps another
 * one.
 */
export function createInProcessEngine(): Engine {
  const underWay = new Set<RunId>()
  let execute: ((message: RunMessage) => Promise<RunOutcome>) | null = null

  async function deliver(message: RunMessage): Promise<void> {
    if (!execute || underWay.has(message.idempotencyKey)) return
    underWay.add(message.idempotencyKey)
    await execute(message)
    underWay.delete(message.idempotencyKey)
  }

  return {
    async start(deliverTo) {
      execute = deliverTo
    },
    async dispatch(messages) {
      for (const message of messages) void deliver(message)
    },
    async stop() {
      execute = null
    },
  }
}
