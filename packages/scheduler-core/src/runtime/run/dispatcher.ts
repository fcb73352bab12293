import type { Engine, RunMessage, RunObserver, RunOutcome } from '../../ports/engine.ts'
import type { Claim } from './active-runs.ts'
import type { Executor } from './executor.ts'
import type { InstanceContext } from './instance-context.ts'
import { toRunFields } from './to-run-fields.ts'

/** Begins claimed runs in this process, or hands them to the engine and executes those that it brings back. */
export interface Dispatcher {
  start(claims: readonly Claim[]): void
  /** The function that the engine calls to execute a run. */
  execute(message: RunMessage, observer?: RunObserver): Promise<RunOutcome>
  /** Hands nothing more to the engine from now on. */
  close(): void
}

export function createDispatcher<S extends object>(
  { scheduler, options: { engine }, active, logger }: InstanceContext<S>,
  executor: Executor,
): Dispatcher {
  let isClosed = false

  function handOver(engine: Engine, claims: readonly Claim[]): void {
    for (const claim of claims) active.handOver(claim)
    const messages = claims.map(({ id, job, scheduledFor }) => ({ idempotencyKey: id, scheduler, job, scheduledFor }))
    engine.dispatch(messages).catch((error) => {
      logger.error(
        { err: error, ...toRunFields(claims) },
        'The engine refused runs; their leases will end and the sweep will find them',
      )
      giveUp(claims)
    })
  }

  function giveUp(claims: readonly Claim[]): void {
    for (const { id } of claims) active.release(id)
  }

  return {
    start(claims) {
      // The command outlasted the close: nothing is left to run what it claimed, and the sweep will find it.
      if (isClosed) return giveUp(claims)
      if (claims.length === 0) return
      if (engine) handOver(engine, claims)
      else for (const claim of claims) executor.begin(claim)
    },
    execute(message, observer) {
      const claim = active.takeOver(message.idempotencyKey)
      return claim ? executor.execute(claim, observer) : Promise.resolve(null)
    },
    close() {
      isClosed = true
    },
  }
}
