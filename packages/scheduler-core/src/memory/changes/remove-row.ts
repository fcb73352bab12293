import { dueTimeOf } from '../state/due-times.ts'
import type { Ledger, Row } from '../state/ledger.ts'
import type { JobData } from '../state/scheduler-data.ts'
import type { Change } from '../state/undo-log.ts'

/** Removes a settled entry from the ledger. */
export class RemoveRow implements Change {
  readonly #ledger: Ledger
  readonly #job: JobData
  readonly #row: Row
  readonly #dueTime: number | null

  constructor({ ledger, job, row }: { ledger: Ledger; job: JobData; row: Row }) {
    this.#ledger = ledger
    this.#job = job
    this.#row = row
    this.#dueTime = row.entry.kind === 'run' ? dueTimeOf(row.entry) : null
  }

  redo(): void {
    this.#ledger.remove(this.#row)
    if (this.#dueTime !== null) this.#job.claimedDueTimes.delete(this.#dueTime)
  }

  undo(): void {
    if (this.#dueTime !== null) this.#job.addDueTime(this.#dueTime)
    this.#ledger.restore(this.#row)
  }
}
