import type { Run } from '../../run/ledger-entry.ts'
import type { RunRow } from '../state/run-row.ts'
import type { Change } from '../state/undo-log.ts'

/** Replaces a running run, on a renewal or a request to cancel it. */
export class ReplaceRun implements Change {
  readonly #row: RunRow
  readonly #before: Run
  readonly #after: Run

  constructor(row: RunRow, after: Run) {
    this.#row = row
    this.#before = row.open
    this.#after = after
  }

  redo(): void {
    this.#row.open = this.#after
  }

  undo(): void {
    this.#row.open = this.#before
  }
}
