import type { JobData } from '../state/job-data.ts'
import type { Ledger } from '../state/ledger.ts'
import type { RunRow } from '../state/run-row.ts'
import type { Change } from '../state/undo-log.ts'

/** Adds claimed runs to the ledger: those of one call in one change, which grows while the call goes on. */
export class ClaimRuns implements Change {
  readonly #ledger: Ledger
  /** With room at the end. */
  readonly #jobs: JobData[]
  readonly #rows: RunRow[]
  #size = 0

  /** `size`: how many runs the call is likely to claim. */
  constructor(ledger: Ledger, size: number) {
    this.#ledger = ledger
    this.#jobs = new Array(size)
    this.#rows = new Array(size)
  }

  /** Claims one more run, at once. */
  add(job: JobData, row: RunRow): void {
    this.#jobs[this.#size] = job
    this.#rows[this.#size] = row
    this.#size++
    this.#claim(job, row)
  }

  redo(): void {
    for (let index = 0; index < this.#size; index++) {
      const job = this.#jobs[index]
      const row = this.#rows[index]
      if (job && row) this.#claim(job, row)
    }
  }

  undo(): void {
    for (let index = this.#size - 1; index >= 0; index--) {
      const job = this.#jobs[index]
      const row = this.#rows[index]
      if (!job || !row) continue
      job.take(row)
      this.#ledger.unappend(row)
    }
  }

  #claim(job: JobData, row: RunRow): void {
    this.#ledger.append(row)
    job.begin(row)
  }
}
