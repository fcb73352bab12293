import type { Run } from '../../run/ledger-entry.ts'
import type { Ledger, RunRow } from '../state/ledger.ts'
import type { JobData } from '../state/scheduler-data.ts'
import type { Change } from '../state/undo-log.ts'

/** Adds a claimed run to the ledger. */
export class ClaimRun implements Change {
  readonly #ledger: Ledger
  readonly #job: JobData
  readonly #row: RunRow
  readonly #runningBefore: readonly RunRow[]

  constructor(ledger: Ledger, job: JobData, run: Run) {
    this.#ledger = ledger
    this.#job = job
    this.#row = ledger.newRow(run)
    this.#runningBefore = job.running
  }

  redo(): void {
    this.#ledger.append(this.#row)
    this.#job.running = this.#runningBefore.length === 0 ? [this.#row] : [...this.#runningBefore, this.#row]
  }

  undo(): void {
    this.#job.running = this.#runningBefore
    this.#ledger.unappend(this.#row)
  }
}
