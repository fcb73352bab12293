import type { LogEntry } from '../../control/control.ts'
import type { Change } from '../state/undo-log.ts'

/** Drops the oldest commands of a control log. */
export class DropLog implements Change {
  readonly #log: LogEntry[]
  readonly #count: number
  #dropped: readonly LogEntry[] = []

  constructor(log: LogEntry[], count: number) {
    this.#log = log
    this.#count = count
  }

  redo(): void {
    this.#dropped = this.#log.splice(0, this.#count)
  }

  undo(): void {
    this.#log.unshift(...this.#dropped)
  }
}
