import type { Ledger } from '../state/ledger.ts'
import type { Row } from '../state/row.ts'
import type { Change } from '../state/undo-log.ts'

/** Removes a settled entry from the ledger. */
export class RemoveRow implements Change {
  readonly #ledger: Ledger
  readonly #row: Row

  constructor(ledger: Ledger, row: Row) {
    this.#ledger = ledger
    this.#row = row
  }

  redo(): void {
    this.#ledger.remove(this.#row)
  }

  undo(): void {
    this.#ledger.restore(this.#row)
  }
}
