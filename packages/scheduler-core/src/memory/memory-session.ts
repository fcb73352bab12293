import type { MemoryUnit } from './memory-unit.ts'

/**
 * What a unit of work on the memory backend is given. It is the key to the store; a host's own in-memory data takes
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

  /** Gives `work` the unit behind this session; for the store. */
  within<T>(work: (unit: MemoryUnit) => T): T {
    return work(this.#unit)
  }
}
