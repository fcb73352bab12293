import type { RunMessage, RunOutcome } from '../../ports/engine.ts'
import type { Claim } from './active-runs.ts'
import type { Executor } from './executor.ts'
import type { InstanceContext } from './instance-context.ts'

/** Hands claimed runs to the engine, and takes over those that the engine brings to be executed. */
export interface Dispatcher {
  start(claims: readonly Claim[]): void
  /** What the engine is given to call. */
  execute(message: RunMessage): Promise<RunOutcome>
  /** From now on nothing is handed to the engine. */
  close(): void
}

export function createDispatcher<S extends object>(
  { scheduler, options: { engine }, active, logger }: InstanceContext<S>,
  executor: Executor,
): Dispatcher {
  let isClosed = false

  function giveUp(claims: readonly Claim[]): void {
    for (const { id } of claims) active.release(id)
  }

  return {
    start(claims) {
      // A command that outlasted the close: nobody is left to run what it claimed, and the sweep will find it.
      if (isClosed) return giveUp(claims)
      if (claims.length === 0) return
      for (const claim of claims) active.handOver(claim)
      const messages = claims.map(({ id, job, scheduledFor }) => ({ idempotencyKey: id, scheduler, job, scheduledFor }))
      engine.dispatch(messages).catch((error) => {
        logger.error({ err: error }, 'The engine refused runs; their leases will end and the sweep will find them')
        giveUp(claims)
      })
    },
    execute(message) {
      const claim = active.takeOver(message.idempotencyKey)
      return claim ? executor.execute(claim) : Promise.resolve(null)
    },
    close() {
      isClosed = true
    },
  }
}
