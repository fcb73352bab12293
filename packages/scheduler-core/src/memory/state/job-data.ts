import type { EpochMs } from '../../clock.ts'
import type { CursorWall } from '../../ports/locked-jobs.ts'
import { RUN_FACTS } from '../../run/counters.ts'
import type { Settlement } from '../../run/ledger-entry.ts'
import type { RunAddition } from './addition-of.ts'
import { type Endings, type LatestOutcomes, NO_ENDINGS, ONLY_SUCCESSES, outcomesAfter } from './latest-outcomes.ts'
import type { RunFacts, RunRow } from './run-row.ts'
import type { Addition, Maxima, Sums } from './sums.ts'
import { Tallies } from './tallies.ts'
import type { RunTallies, Totals } from './totals.ts'

/** How `countRun` is undone: by the function, or by taking the run from the open sums and restoring their maxima. */
export type Counted = Maxima | (() => void)

/** The data of one job beside its rows. */
export class JobData {
  readonly name: string
  /** The cursor at the job's registration, or the earliest one that it went back to. */
  since: EpochMs
  cursor: EpochMs
  /** What the cursor is in local time, by the process that set it. */
  wall: CursorWall | null = null
  /** The archive has no due time after it. It only grows, also in writes that are rolled back. */
  reached: EpochMs
  /** The call of `lockJobs` that named the job last. */
  lockedBy = 0
  /** When the last run was settled, and the last success; -Infinity for never. Most outcomes change nothing else. */
  lastRunAt: EpochMs = -Infinity
  lastSuccessAt: EpochMs = -Infinity
  /** Replaced, never changed. */
  endings: Endings = NO_ENDINGS
  #oldest: RunRow | null = null
  #tallies = NOTHING_COUNTED
  readonly #totals: Totals

  constructor(name: string, cursor: EpochMs, totals: Totals) {
    this.name = name
    this.#totals = totals
    this.since = cursor
    this.cursor = cursor
    this.reached = cursor
  }

  get tallies(): Omit<RunTallies, 'add'> {
    return this.#tallies
  }

  get latestOutcomes(): LatestOutcomes {
    return { ...this.endings, lastRunAt: orNull(this.lastRunAt), lastSuccessAt: orNull(this.lastSuccessAt) }
  }

  set latestOutcomes({ lastRunAt, lastSuccessAt, ...endings }: LatestOutcomes) {
    this.lastRunAt = lastRunAt ?? -Infinity
    this.lastSuccessAt = lastSuccessAt ?? -Infinity
    const { lastOutcome, lastFailureAt, consecutiveFailures, unmet } = endings
    const isPlain = lastOutcome === 'succeeded' && lastFailureAt === null && consecutiveFailures === 0 && unmet === null
    this.endings = isPlain ? ONLY_SUCCESSES : endings
  }

  /** Notes the outcome of one more run. */
  end(run: Pick<RunFacts, 'trigger' | 'scheduledFor'>, outcome: Settlement): void {
    const { state, settledAt } = outcome
    const { lastOutcome, consecutiveFailures, unmet } = this.endings
    const isSuccessAgain =
      state === 'succeeded' && lastOutcome === 'succeeded' && consecutiveFailures === 0 && unmet === null
    if (isSuccessAgain && settledAt >= this.lastRunAt && settledAt >= this.lastSuccessAt) {
      this.lastRunAt = settledAt
      this.lastSuccessAt = settledAt
    } else this.latestOutcomes = outcomesAfter(this.latestOutcomes, run, outcome)
  }

  /** Adds an entry's addition at an instant, here and to the totals. The returned function undoes it. */
  count(at: EpochMs, addition: Addition): () => void {
    const undo = this.#ownTallies().add(at, addition)
    const undoTotal = this.#totals.add(at, addition)
    return () => {
      undoTotal()
      undo()
    }
  }

  /** Adds a run that was settled at an instant here, and leaves the totals to the caller. */
  countRun(at: EpochMs, run: RunAddition): Counted {
    const open = this.#tallies.openAt(at)
    return open?.reserve(run.amount) ? run.addTo(open) : this.#ownTallies().add(at, run.copy())
  }

  /** The sums that `countRun` added to, when its answer was no function. */
  openAt(settledAt: EpochMs): Sums | null {
    return this.#tallies.openAt(settledAt)
  }

  #ownTallies(): RunTallies {
    if (this.#tallies === NOTHING_COUNTED) this.#tallies = new Tallies(RUN_FACTS)
    return this.#tallies
  }

  /** The runs under way, in the order of their claims; rarely more than a few. */
  get running(): readonly RunRow[] {
    if (this.#oldest === null) return NONE
    const rows: RunRow[] = []
    for (let row: RunRow | null = this.#oldest; row !== null; row = row.next) rows.push(row)
    return rows
  }

  /** The first of the runs under way; each has the next one. */
  get oldest(): RunRow | null {
    return this.#oldest
  }

  /** Adds the run that was claimed last. */
  begin(row: RunRow): void {
    if (this.#oldest === null) {
      this.#oldest = row
      return
    }
    let last = this.#oldest
    while (last.next !== null) last = last.next
    last.next = row
  }

  /** Removes a run from those under way. Answers the one before it, for `putBack`. */
  take(row: RunRow): RunRow | null {
    if (this.#oldest === row) {
      this.#oldest = row.next
      row.next = null
      return null
    }
    let before = this.#oldest
    while (before !== null && before.next !== row) before = before.next
    if (before !== null) before.next = row.next
    row.next = null
    return before
  }

  /** Undoes `take`, after all later changes are undone. */
  putBack(row: RunRow, before: RunRow | null): void {
    if (before === null) {
      row.next = this.#oldest
      this.#oldest = row
    } else {
      row.next = before.next
      before.next = row
    }
  }
}

/** Shared by the jobs that have not run yet, to save memory. It stays empty. */
const NOTHING_COUNTED: RunTallies = new Tallies(RUN_FACTS)

const NONE: readonly RunRow[] = Object.freeze([])

function orNull(instant: EpochMs): EpochMs | null {
  return instant === -Infinity ? null : instant
}
