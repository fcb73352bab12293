import type { Run, Settlement } from '../../run/ledger-entry.ts'
import { additionOf } from '../state/addition-of.ts'
import type { JobBook, JobMarks } from '../state/books.ts'
import type { Ledger, RunRow } from '../state/ledger.ts'
import { marksAfter } from '../state/marks.ts'
import type { Change } from '../state/timeline.ts'

/** A run gets its outcome, and its job the numbers that come of it. */
export class SettleRun implements Change {
  readonly #ledger: Ledger
  readonly #job: JobBook
  readonly #row: RunRow
  readonly #before: Run
  readonly #after: Run
  readonly #settledAt: number
  readonly #runningBefore: readonly RunRow[]
  readonly #runningAfter: readonly RunRow[]
  readonly #marksBefore: JobMarks
  readonly #marksAfter: JobMarks
  #uncount: (() => void) | null = null

  constructor({ ledger, job, row }: { ledger: Ledger; job: JobBook; row: RunRow }, settlement: Settlement) {
    this.#ledger = ledger
    this.#job = job
    this.#row = row
    this.#before = row.entry
    this.#after = toSettled(row.entry, settlement)
    this.#settledAt = settlement.settledAt
    this.#runningBefore = job.running
    this.#runningAfter = job.running.length === 1 ? NONE : job.running.filter((other) => other !== row)
    this.#marksBefore = job.marks
    this.#marksAfter = marksAfter(job.marks, settlement)
  }

  redo(): void {
    this.#job.running = this.#runningAfter
    this.#job.marks = this.#marksAfter
    this.#uncount = this.#job.count(this.#settledAt, additionOf(this.#after))
    this.#row.entry = this.#after
    this.#ledger.index(this.#row, this.#settledAt)
  }

  undo(): void {
    this.#ledger.unindex()
    this.#row.entry = this.#before
    this.#uncount?.()
    this.#job.marks = this.#marksBefore
    this.#job.running = this.#runningBefore
  }
}

const NONE: readonly RunRow[] = Object.freeze([])

function toSettled(run: Run, settlement: Settlement): Run {
  const { state, settledAt, attempt, durationMs, items, calls, progress, error } = settlement
  return { ...run, state, settledAt, attempt, durationMs, items, calls, progress, error }
}
