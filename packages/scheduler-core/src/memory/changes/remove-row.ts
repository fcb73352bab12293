import type { JobBook } from '../books.ts'
import type { Ledger, Row } from '../ledger.ts'
import type { Change } from '../timeline.ts'
import { dueTimeOf } from './claim-run.ts'

/** A settled entry leaves the ledger. */
export class RemoveRow implements Change {
  readonly #ledger: Ledger
  readonly #job: JobBook
  readonly #row: Row
  readonly #settledAt: number
  readonly #dueTime: number | null

  constructor({ ledger, job, row }: { ledger: Ledger; job: JobBook; row: Row }, settledAt: number) {
    this.#ledger = ledger
    this.#job = job
    this.#row = row
    this.#settledAt = settledAt
    this.#dueTime = row.entry.kind === 'run' ? dueTimeOf(row.entry) : null
  }

  redo(): void {
    this.#ledger.remove(this.#row, this.#settledAt)
    if (this.#dueTime !== null) this.#job.claimedDueTimes.delete(this.#dueTime)
  }

  undo(): void {
    if (this.#dueTime !== null) this.#job.claimedDueTimes.add(this.#dueTime)
    this.#ledger.restore(this.#row, this.#settledAt)
  }
}
