import type { JsonValue } from '../../run/json-value.ts'
import type { Ledger } from '../state/ledger.ts'
import { inputOf, type Row } from '../state/row.ts'
import type { Change } from '../state/undo-log.ts'

/** Erases the input of a settled run. */
export class EraseInput implements Change {
  readonly #ledger: Ledger
  readonly #row: Row
  readonly #before: JsonValue | null

  constructor(ledger: Ledger, row: Row) {
    this.#ledger = ledger
    this.#row = row
    this.#before = inputOf(row)
  }

  redo(): void {
    this.#ledger.setInput(this.#row, null)
  }

  undo(): void {
    this.#ledger.setInput(this.#row, this.#before)
  }
}
