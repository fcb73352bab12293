import type { EpochMs } from '../clock.ts'
import type { RunId } from '../ids.ts'
import type { SettledRunState } from '../run/states.ts'

/** A claimed run on its way to the place that executes it. */
export interface RunMessage {
  /** The run's id: an engine that sees it twice delivers it once. */
  readonly idempotencyKey: RunId
  readonly scheduler: string
  readonly job: string
  readonly scheduledFor: EpochMs | null
}

/** What became of a run; `null` when that is not, or no longer, for this instance to say. */
export type RunOutcome = SettledRunState | null

/**
 * Hands claimed runs to a place that executes them; in this process by default. An engine never decides due
 * times: it is told what is due.
 */
export interface Engine {
  /** Begins delivery. `execute` resolves with the outcome when the run is over, and never rejects. */
  start(execute: (message: RunMessage) => Promise<RunOutcome>): Promise<void>
  /** Takes runs for delivery; resolves when they are safely taken, not when they have run. */
  dispatch(messages: readonly RunMessage[]): Promise<void>
  /** Ends delivery. What was dispatched and not yet delivered is dropped. */
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
