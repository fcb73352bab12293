import type { UnrunRange } from '../../run/ledger-entry.ts'
import { additionOf } from '../state/addition-of.ts'
import type { JobBook } from '../state/books.ts'
import type { Ledger, Row } from '../state/ledger.ts'
import type { Change } from '../state/timeline.ts'

/** Due times that never ran enter the ledger. */
export class AddUnrun implements Change {
  readonly #ledger: Ledger
  readonly #job: JobBook
  readonly #row: Row<UnrunRange>
  #uncount: (() => void) | null = null

  constructor(ledger: Ledger, job: JobBook, range: UnrunRange) {
    this.#ledger = ledger
    this.#job = job
    this.#row = ledger.newRow(range)
  }

  redo(): void {
    const { settledAt } = this.#row.entry
    this.#ledger.append(this.#row)
    this.#ledger.index(this.#row, settledAt)
    this.#uncount = this.#job.count(settledAt, additionOf(this.#row.entry))
  }

  undo(): void {
    this.#uncount?.()
    this.#ledger.unindex()
    this.#ledger.unappend(this.#row)
  }
}
