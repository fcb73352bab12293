import { SchedulerError } from '../errors.ts'
import type { UndoLog } from './state/undo-log.ts'
import type { WriteLock } from './write-lock.ts'

export interface MemoryUnitOptions {
  readonly name: string
  readonly readOnly: boolean
  readonly undoLog: UndoLog
  readonly lock: WriteLock
  /** Breaks the unit off: it reads nothing more (default none). */
  readonly signal?: AbortSignal | undefined
  /** Called after each commit. */
  readonly onCommit: () => void
}

/**
 * One unit of work. It takes the write lock at its first write and keeps it to its end, so that a unit without writes
 * blocks no other. A read-only unit sees the state at its beginning.
 */
export class MemoryUnit {
  readonly name: string
  readonly readOnly: boolean
  readonly #undoLog: UndoLog
  readonly #lock: WriteLock
  readonly #onCommit: () => void
  readonly #signal: AbortSignal | undefined
  readonly #pinned: number | null
  #state: 'reading' | 'waiting' | 'writing' | 'ended' = 'reading'
  #entering: Promise<void> = Promise.resolve()

  constructor({ name, readOnly, undoLog, lock, signal, onCommit }: MemoryUnitOptions) {
    this.name = name
    this.readOnly = readOnly
    this.#undoLog = undoLog
    this.#lock = lock
    this.#onCommit = onCommit
    this.#signal = signal
    this.#pinned = readOnly ? undoLog.pin() : null
  }

  /** Calls `read` on the state that this unit may see, its own writes included. */
  read<T>(read: () => T): T {
    this.#assertOpen()
    this.#signal?.throwIfAborted()
    if (this.#state === 'writing') return read()
    return this.#undoLog.readCommitted(read, this.#pinned ?? undefined)
  }

  /** Calls `write` with the write lock, which the unit keeps until it ends. */
  async write<T>(write: () => T): Promise<T> {
    this.#assertOpen()
    if (this.readOnly) throw new Error(`Unit of work "${this.name}" is read-only and tried to write.`)
    if (this.#state === 'reading') {
      this.#state = 'waiting'
      this.#entering = this.#enter()
    }
    if (this.#state === 'waiting') await this.#entering
    this.#assertOpen()
    return write()
  }

  commit(): void {
    if (this.#state === 'writing') {
      this.#undoLog.commit()
      this.#onCommit()
    }
    this.#end()
  }

  rollback(): void {
    if (this.#state === 'writing') this.#undoLog.rollback()
    this.#end()
  }

  async #enter(): Promise<void> {
    await this.#lock.acquire()
    // The unit may have ended while a call that is not awaited waited for the lock.
    if (this.#state === 'ended') return this.#lock.release()
    this.#state = 'writing'
    this.#undoLog.begin()
  }

  #end(): void {
    if (this.#state === 'writing') this.#lock.release()
    if (this.#pinned !== null) this.#undoLog.unpin(this.#pinned)
    this.#state = 'ended'
  }

  #assertOpen(): void {
    if (this.#state === 'ended') throw new SchedulerError('SESSION_CLOSED', { unit: this.name })
  }
}
