/** One change of the store's state that can be taken back and made again. */
export interface Change {
  /** Makes the change, on the state that it was decided on. */
  redo(): void
  /** Takes the change back, once everything after it was taken back. */
  undo(): void
}

interface Commit {
  readonly version: number
  readonly changes: readonly Change[]
}

/**
 * The order in which the state has changed. There is one state, changed in place by one writer at a time; whoever must
 * not see the latest of it looks at it while the changes since then are taken back. Reading is synchronous, so nobody
 * sees the state in between.
 */
export class UndoLog {
  #version = 0
  #open: Change[] | null = null
  /** Commits that some pinned reader must not see, oldest first. */
  #kept: Commit[] = []
  readonly #pins = new Map<number, number>()

  /** Nobody can ask for an earlier state. */
  get isIdle(): boolean {
    return this.#open === null && this.#pins.size === 0
  }

  begin(): void {
    this.#open = []
  }

  /** Makes a change as part of the write that is open. */
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

  /** Keeps the committed state of this moment readable until it is unpinned. */
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

  /** What `read` makes of the committed state, as of a pinned version when one is given. */
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
