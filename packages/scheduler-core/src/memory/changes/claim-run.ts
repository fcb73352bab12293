import type { Run } from '../../run/ledger-entry.ts'
import type { JobBook } from '../books.ts'
import type { Ledger, RunRow } from '../ledger.ts'
import type { Change } from '../timeline.ts'

/** A run enters the ledger. */
export class ClaimRun implements Change {
  readonly #ledger: Ledger
  readonly #job: JobBook
  readonly #row: RunRow

  constructor(ledger: Ledger, job: JobBook, run: Run) {
    this.#ledger = ledger
    this.#job = job
    this.#row = ledger.newRow(run)
  }

  redo(): void {
    this.#ledger.append(this.#row)
    this.#job.running.push(this.#row)
    const dueTime = dueTimeOf(this.#row.entry)
    if (dueTime !== null) this.#job.claimedDueTimes.add(dueTime)
  }

  undo(): void {
    const dueTime = dueTimeOf(this.#row.entry)
    if (dueTime !== null) this.#job.claimedDueTimes.delete(dueTime)
    this.#job.running.pop()
    this.#ledger.unappend(this.#row)
  }
}

/** The due time that a run stands for: its part of the unique key. */
export function dueTimeOf({ trigger, scheduledFor }: Pick<Run, 'trigger' | 'scheduledFor'>): number | null {
  return trigger === 'schedule' ? scheduledFor : null
}
