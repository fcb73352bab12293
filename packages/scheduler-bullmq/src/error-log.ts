import type { Logger } from '@pm/scheduler-core'

import { reasonOf } from './engine-error.ts'

/** Logs what goes wrong in the background: each reason once, until the server is there again. */
export class ErrorLog {
  readonly #logger: Logger
  readonly #told = new Set<string>()
  /** The last error that was logged or left out. */
  last: unknown

  constructor(logger: Logger) {
    this.#logger = logger
  }

  readonly failed = (error: unknown): void => {
    this.last = error
    const reason = reasonOf(error)
    if (this.#told.has(reason)) return
    this.#told.add(reason)
    this.#logger.warn({ reason }, 'Redis, which carries runs to workers, fails')
  }

  readonly recovered = (): void => {
    if (this.#told.size > 0) this.#logger.info({}, 'Redis, which carries runs to workers, is there again')
    this.#told.clear()
  }
}
