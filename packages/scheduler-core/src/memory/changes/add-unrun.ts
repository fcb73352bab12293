import type { UnrunRange } from '../../run/ledger-entry.ts'
import { additionOf } from '../state/addition-of.ts'
import type { JobData } from '../state/job-data.ts'
import { type LatestOutcomes, outcomesAfterUnrun } from '../state/latest-outcomes.ts'
import type { Ledger } from '../state/ledger.ts'
import type { UnrunRow } from '../state/row.ts'
import type { Change } from '../state/undo-log.ts'

/** Adds due times that did not run to the ledger. */
export class AddUnrun implements Change {
  readonly #ledger: Ledger
  readonly #job: JobData
  readonly #row: UnrunRow
  readonly #outcomesBefore: LatestOutcomes
  readonly #outcomesAfter: LatestOutcomes
  #uncount: (() => void) | null = null

  constructor(ledger: Ledger, job: JobData, range: UnrunRange) {
    this.#ledger = ledger
    this.#job = job
    this.#row = ledger.newUnrun(range)
    this.#outcomesBefore = job.latestOutcomes
    this.#outcomesAfter = outcomesAfterUnrun(job.latestOutcomes, range)
  }

  redo(): void {
    const { settledAt } = this.#row.entry
    this.#ledger.append(this.#row)
    this.#ledger.index(this.#row, settledAt)
    this.#uncount = this.#job.count(settledAt, additionOf(this.#row.entry))
    this.#job.latestOutcomes = this.#outcomesAfter
  }

  undo(): void {
    this.#job.latestOutcomes = this.#outcomesBefore
    this.#uncount?.()
    this.#ledger.unindex()
    this.#ledger.unappend(this.#row)
  }
}
