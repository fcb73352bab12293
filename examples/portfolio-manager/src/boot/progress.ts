import type { Logger } from '@pm/scheduler-core'

/** Reports the steps of the start and how long they took. */
export interface Progress {
  /** Runs one step and reports it. Begins no step once the start was aborted. */
  step<T>(step: Step<T>): Promise<T>
  readonly elapsed: string
}

export interface Step<T> {
  readonly name: string
  readonly work: () => T | Promise<T>
  /** A short description of the result. */
  readonly result: (value: T) => string
}

/** @throws the signal's reason, from the next step on once it is aborted. */
export function createProgress({
  logger,
  signal,
}: {
  readonly logger: Logger
  readonly signal: AbortSignal
}): Progress {
  const began = performance.now()
  return {
    async step({ name, work, result }) {
      signal.throwIfAborted()
      const startedAt = performance.now()
      const value = await work()
      logger.info({}, `${name.padEnd(12)} ${result(value)} (${seconds(performance.now() - startedAt)})`)
      return value
    },
    get elapsed() {
      return seconds(performance.now() - began)
    },
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`
}
