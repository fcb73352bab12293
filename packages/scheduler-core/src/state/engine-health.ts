import { isSchedulerError, SchedulerError } from '../errors.ts'
import type { Logger } from '../ports/logger.ts'

/** Whether the engine works, as the last call told. */
export interface EngineHealth {
  readonly fails: boolean
  /** Calls the engine. Rethrows what it throws, as `ENGINE_UNAVAILABLE` unless it says more. Logs the first of its failures. */
  call<T>(operation: string, work: () => Promise<T>): Promise<T>
}

export function createEngineHealth({
  name: engine,
  logger,
}: {
  readonly name: string
  readonly logger: Logger
}): EngineHealth {
  let fails = false

  function succeeded(): void {
    if (fails) logger.info({ engine }, 'The engine works again')
    fails = false
  }

  function failed(error: unknown): void {
    if (!fails) logger.error({ engine, err: error }, 'The engine failed; what it did not take is handed to it again')
    fails = true
  }

  return {
    get fails() {
      return fails
    },
    async call(operation, work) {
      try {
        const answer = await work()
        succeeded()
        return answer
      } catch (cause) {
        // It answered: the queue is made again.
        if (isSchedulerError(cause, 'ENGINE_QUEUE_MISSING')) throw cause
        failed(cause)
        throw isSchedulerError(cause)
          ? cause
          : new SchedulerError('ENGINE_UNAVAILABLE', { engine, operation }, { cause })
      }
    },
  }
}
