import type { Run } from '../../run/ledger-entry.ts'
import type { RunRow } from '../state/run-row.ts'
import type { Change } from '../state/undo-log.ts'

/** Replaces a run that is under way, such as on a renewal, a request to cancel it, or when a worker takes it over. */
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
