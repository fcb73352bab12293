/**
 * What a unit of work on the memory backend is given. It is the key to the store; a host's own in-memory data takes
 * no part in its transaction.
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

  /** Gives `work` the unit behind this session; for the store. */
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
