import type { MemoryUnit } from './memory-unit.ts'

/**
 * The session of a unit of work on the memory backend. It gives access to the store; a host's own in-memory data takes
 * no part in its transaction.
 */
export class MemorySession {
  readonly #unit: MemoryUnit

  constructor(unit: MemoryUnit) {
    this.#unit = unit
  }

  /** The name of the unit of work. */
  get unit(): string {
    return this.#unit.name
  }

  get readOnly(): boolean {
    return this.#unit.readOnly
  }

  /** Calls `work` with the unit behind this session. Only the store uses it. */
  within<T>(work: (unit: MemoryUnit) => T): T {
    return work(this.#unit)
  }
}
