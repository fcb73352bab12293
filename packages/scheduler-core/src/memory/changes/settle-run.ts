import type { Run, Settlement } from '../../run/ledger-entry.ts'
import { additionOf } from '../state/addition-of.ts'
import { outcomesAfter } from '../state/latest-outcomes.ts'
import type { Ledger, RunRow } from '../state/ledger.ts'
import type { JobData, LatestOutcomes } from '../state/scheduler-data.ts'
import type { Change } from '../state/undo-log.ts'

/** Settles a run and adds it to the tallies of its job. */
export class SettleRun implements Change {
  readonly #ledger: Ledger
  readonly #job: JobData
  readonly #row: RunRow
  readonly #before: Run
  readonly #after: Run
  readonly #settledAt: number
  readonly #runningBefore: readonly RunRow[]
  readonly #runningAfter: readonly RunRow[]
  readonly #outcomesBefore: LatestOutcomes
  readonly #outcomesAfter: LatestOutcomes
  #uncount: (() => void) | null = null

  constructor({ ledger, job, row }: { ledger: Ledger; job: JobData; row: RunRow }, settlement: Settlement) {
    this.#ledger = ledger
    this.#job = job
    this.#row = row
    this.#before = row.entry
    this.#after = toSettled(row.entry, settlement)
    this.#settledAt = settlement.settledAt
    this.#runningBefore = job.running
    this.#runningAfter = job.running.length === 1 ? NONE : job.running.filter((other) => other !== row)
    this.#outcomesBefore = job.latestOutcomes
    this.#outcomesAfter = outcomesAfter(job.latestOutcomes, this.#after, this.#settledAt)
  }

  redo(): void {
    this.#job.running = this.#runningAfter
    this.#job.latestOutcomes = this.#outcomesAfter
    this.#uncount = this.#job.count(this.#settledAt, additionOf(this.#after))
    this.#row.entry = this.#after
    this.#ledger.index(this.#row, this.#settledAt)
  }

  undo(): void {
    this.#ledger.unindex()
    this.#row.entry = this.#before
    this.#uncount?.()
    this.#job.latestOutcomes = this.#outcomesBefore
    this.#job.running = this.#runningBefore
  }
}

const NONE: readonly RunRow[] = Object.freeze([])

function toSettled(run: Run, settlement: Settlement): Run {
  const { state, settledAt, attempt, durationMs, items, calls, progress, error, pastAttempts } = settlement
  const over = { nextAttemptAt: null, releasedAt: null, spentMs: 0 }
  return {
    ...run,
    ...over,
    state,
    settledAt,
    attempt,
    durationMs,
    items,
    calls,
    progress,
    error,
    ...(pastAttempts && { pastAttempts }),
  }
}
