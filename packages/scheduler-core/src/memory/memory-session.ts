/**
 * The session of a unit of work on the memory backend. A host's own in-memory data takes no part in its transaction.
 */
export class MemorySession {
  readonly #unit: SessionUnit

  constructor(unit: SessionUnit) {
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
  within<T>(work: (unit: SessionUnit) => T): T {
    return work(this.#unit)
  }
}

/** What the store may do with the unit of work behind a session. The session provider begins and ends it. */
interface SessionUnit {
  readonly name: string
  readonly readOnly: boolean
  read<T>(read: () => T): T
  write<T>(write: () => T): Promise<T>
}
