import type { Logger } from '@pm/scheduler-core'

/** Says what the start is doing and how long it took. */
export interface Progress {
  /** Does one step and reports it; nothing is begun once the start was called off. */
  step<T>(step: Step<T>): Promise<T>
  readonly elapsed: string
}

export interface Step<T> {
  readonly name: string
  readonly work: () => T | Promise<T>
  /** What came of it, in a few words. */
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
