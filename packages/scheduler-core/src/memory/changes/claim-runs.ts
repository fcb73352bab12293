import type { JobData } from '../state/job-data.ts'
import type { Ledger } from '../state/ledger.ts'
import type { RunRow } from '../state/run-row.ts'
import type { Change } from '../state/undo-log.ts'

/** Adds claimed runs to the ledger: those of one call in one change, which grows while the call goes on. */
export class ClaimRuns implements Change {
  readonly #ledger: Ledger
  readonly #jobs: JobData[] = []
  readonly #rows: RunRow[] = []

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  /** Claims one more run, at once. */
  add(job: JobData, row: RunRow): void {
    this.#jobs.push(job)
    this.#rows.push(row)
    this.#claim(job, row)
  }

  redo(): void {
    for (const [index, row] of this.#rows.entries()) {
      const job = this.#jobs[index]
      if (job) this.#claim(job, row)
    }
  }

  undo(): void {
    for (let index = this.#rows.length - 1; index >= 0; index--) {
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
