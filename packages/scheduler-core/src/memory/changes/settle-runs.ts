import type { EpochMs } from '../../clock.ts'
import type { Settlement } from '../../run/ledger-entry.ts'
import type { Counted, JobData } from '../state/job-data.ts'
import type { Endings } from '../state/latest-outcomes.ts'
import type { Ledger } from '../state/ledger.ts'
import type { RunRow } from '../state/run-row.ts'
import type { Change } from '../state/undo-log.ts'

/**
 * Settles runs and adds them to the tallies of their jobs: those of one call in one change, which grows while the call
 * goes on. What each needs to be undone is in columns.
 */
export class SettleRuns implements Change {
  readonly #ledger: Ledger
  readonly #jobs: JobData[] = []
  readonly #rows: RunRow[] = []
  readonly #settlements: Settlement[] = []
  /** The runs of the same jobs that were claimed before. */
  readonly #rowsBefore: (RunRow | null)[] = []
  readonly #lastRunBefore: EpochMs[] = []
  readonly #lastSuccessBefore: EpochMs[] = []
  readonly #endingsBefore: Endings[] = []
  readonly #counted: Counted[] = []

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  /** Settles one more run, at once. */
  add(job: JobData, row: RunRow, settlement: Settlement): void {
    const index = this.#rows.length
    this.#jobs.push(job)
    this.#rows.push(row)
    this.#settlements.push(settlement)
    this.#settle(index, job, row)
  }

  redo(): void {
    for (const [index, row] of this.#rows.entries()) {
      const job = this.#jobs[index]
      if (job) this.#settle(index, job, row)
    }
  }

  undo(): void {
    for (let index = this.#rows.length - 1; index >= 0; index--) this.#unsettle(index)
  }

  #settle(index: number, job: JobData, row: RunRow): void {
    const settlement = this.#settlements[index]
    if (settlement === undefined) return
    this.#rowsBefore[index] = job.take(row)
    this.#lastRunBefore[index] = job.lastRunAt
    this.#lastSuccessBefore[index] = job.lastSuccessAt
    this.#endingsBefore[index] = job.endings
    job.end(row.facts, settlement)
    this.#counted[index] = job.countRun(row.facts, settlement)
    row.settlement = settlement
    this.#ledger.index(row, settlement.settledAt)
  }

  #unsettle(index: number): void {
    const job = this.#jobs[index]
    const row = this.#rows[index]
    const settlement = this.#settlements[index]
    const endings = this.#endingsBefore[index]
    const counted = this.#counted[index]
    if (!job || !row || !settlement || !endings || !counted) return
    this.#ledger.unindex()
    row.settlement = null
    job.uncountRun(row.facts, settlement, counted)
    job.endings = endings
    job.lastSuccessAt = this.#lastSuccessBefore[index] ?? -Infinity
    job.lastRunAt = this.#lastRunBefore[index] ?? -Infinity
    job.putBack(row, this.#rowsBefore[index] ?? null)
  }
}
