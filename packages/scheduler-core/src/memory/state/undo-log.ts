/** One change of the store's state that can be undone and redone. */
export interface Change {
  /** Makes the change, on the state for which it was created. */
  redo(): void
  /** Undoes the change, after all later changes are undone. */
  undo(): void
}

interface Commit {
  readonly version: number
  readonly changes: readonly Change[]
}

/**
 * The changes of the state in their order. There is one state, which one writer at a time changes in place. For a
 * reader that must not see the latest changes, the log undoes them, reads, and redoes them. Reading is synchronous, so
 * no other code sees the state in between.
 */
export class UndoLog {
  #version = 0
  #open: Change[] | null = null
  /** The commits that a pinned reader must not see, oldest first. */
  #kept: Commit[] = []
  readonly #pins = new Map<number, number>()

  /** Whether no write is open and no reader is pinned, so that no one can ask for an earlier state. */
  get isIdle(): boolean {
    return this.#open === null && this.#pins.size === 0
  }

  begin(): void {
    this.#open = []
  }

  /** Makes a change as part of the open write. */
  apply(change: Change): void {
    if (this.#open === null) throw new Error('A change was made outside of a write.')
    change.redo()
    this.#open.push(change)
  }

  commit(): void {
    const changes = this.#open ?? []
    this.#open = null
    if (changes.length === 0) return
    this.#version++
    if (this.#pins.size > 0) this.#kept.push({ version: this.#version, changes })
  }

  rollback(): void {
    undoAll(this.#open ?? [])
    this.#open = null
  }

  /** Keeps the present committed state readable until it is unpinned. Answers its version. */
  pin(): number {
    this.#pins.set(this.#version, (this.#pins.get(this.#version) ?? 0) + 1)
    return this.#version
  }

  unpin(version: number): void {
    const others = (this.#pins.get(version) ?? 0) - 1
    if (others > 0) this.#pins.set(version, others)
    else this.#pins.delete(version)
    const oldest = Math.min(...this.#pins.keys())
    this.#kept = this.#kept.filter((commit) => commit.version > oldest)
  }

  /** Calls `read` on the committed state, or on a pinned version of it. */
  readCommitted<T>(read: () => T, version = this.#version): T {
    const hidden = this.#kept.filter((commit) => commit.version > version).flatMap((commit) => commit.changes)
    const changes = this.#open === null ? hidden : [...hidden, ...this.#open]
    undoAll(changes)
    try {
      return read()
    } finally {
      for (const change of changes) change.redo()
    }
  }
}

function undoAll(changes: readonly Change[]): void {
  for (let index = changes.length - 1; index >= 0; index--) changes[index]?.undo()
}
