import type { JsonValue } from '../../run/json-value.ts'
import type { Ledger, RunRow } from '../state/ledger.ts'
import type { Change } from '../state/undo-log.ts'

/** Erases the input of a settled run. */
export class EraseInput implements Change {
  readonly #ledger: Ledger
  readonly #row: RunRow
  readonly #before: JsonValue | null

  constructor(ledger: Ledger, row: RunRow) {
    this.#ledger = ledger
    this.#row = row
    this.#before = row.entry.input
  }

  redo(): void {
    this.#ledger.setInput(this.#row, null)
  }

  undo(): void {
    this.#ledger.setInput(this.#row, this.#before)
  }
}
