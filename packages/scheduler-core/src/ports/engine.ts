import type { EpochMs } from '../clock.ts'
import type { RunId } from '../ids.ts'
import type { SettledRunState } from '../run/states.ts'

/** A claimed run on its way to the place that executes it. */
export interface RunMessage {
  /** The run's id. An engine that gets the same id twice delivers the run once. */
  readonly idempotencyKey: RunId
  readonly scheduler: string
  readonly job: string
  readonly scheduledFor: EpochMs | null
}

/** The state in which a run was settled; `null` when this instance does not own the run, or no longer. */
export type RunOutcome = SettledRunState | null

/**
 * Delivers claimed runs to the place that executes them; by default this process. An engine never decides when a run is
 * due: it delivers the runs that the scheduler dispatches.
 */
export interface Engine {
  /** Begins delivery. `execute` resolves with the outcome when the run is over, and never rejects. */
  start(execute: (message: RunMessage) => Promise<RunOutcome>): Promise<void>
  /** Takes runs for delivery. Resolves when the engine has safely taken them, not when they have run. */
  dispatch(messages: readonly RunMessage[]): Promise<void>
  /** Ends delivery. Runs that were dispatched and not yet delivered are dropped. */
  stop(): Promise<void>
}

/** Executes each run in this process, at once. */
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
