import { RUN_COUNTERS, RUN_FACTS, RUN_MEASURES, type RunCounter, type RunMeasure } from '../../run/counters.ts'
import { histogramBucketOf } from '../../run/histogram.ts'
import type { LedgerEntry } from '../../run/ledger-entry.ts'
import { type CountedRun, countSettlement, countUnrun, type SettledFacts } from '../../run/tally-entry.ts'
import { type Addition, firstPlaceOf, type Maxima, NOTHING_ADDED, Sums } from './sums.ts'

/** What an entry adds to the tallies of its job: nothing while it is running. */
export function additionOf(entry: LedgerEntry): Addition {
  if (entry.state === 'running') return NOTHING_ADDED
  if (entry.kind === 'run') {
    const { state, attempt, items, durationMs } = entry
    return additionOfRun(entry, { state, attempt, items, durationMs })
  }
  const pairs: number[] = []
  countUnrun(entry, (counter, amount) => {
    if (amount !== 0) pairs.push(PLACES[counter], amount)
  })
  return { pairs, maxima: NOTHING_ADDED.maxima }
}

/** What a run adds with its outcome. */
export function additionOfRun(run: CountedRun, outcome: SettledFacts): Addition {
  const pairs: number[] = []
  countSettlement(run, outcome, (counter, amount) => {
    if (amount !== 0) pairs.push(PLACES[counter], amount)
  })
  const { durationMs } = outcome
  const { latenessMs } = run
  if (durationMs !== null) pairs.push(FIRST_PLACES.duration_ms + histogramBucketOf(durationMs), 1)
  if (latenessMs !== null) pairs.push(FIRST_PLACES.lateness_ms + histogramBucketOf(latenessMs), 1)
  return { pairs, maxima: [durationMs, latenessMs] }
}

/** Adds runs to sums that have room for them, without making additions. One object serves many runs. */
export class RunCounting {
  #sums = NO_SUMS
  #sign: 1 | -1 = 1
  #at = 0

  /** No count of a sum grows by more than this with the run. */
  static greatestAmount({ latenessMs }: CountedRun, { attempt, durationMs, items }: SettledFacts): number {
    return attempt + (durationMs ?? 0) + (latenessMs ?? 0) + items.processed + items.failed + items.skipped
  }

  /** Answers the maxima from before, for `take`. */
  add(sums: Sums, run: CountedRun, outcome: SettledFacts): Maxima {
    const before = sums.maxima
    this.#sign = 1
    this.#countAll(sums, run, outcome)
    sums.raise(DURATION, outcome.durationMs)
    sums.raise(LATENESS, run.latenessMs)
    return before
  }

  /** Undoes `add`, after all later additions are undone. */
  take(sums: Sums, run: CountedRun, outcome: SettledFacts): void {
    this.#sign = -1
    this.#countAll(sums, run, outcome)
  }

  #countAll(sums: Sums, run: CountedRun, outcome: SettledFacts): void {
    this.#sums = sums
    this.#at = 0
    countSettlement(run, outcome, this.#count)
    const { durationMs } = outcome
    const { latenessMs } = run
    if (durationMs !== null) this.#place(FIRST_PLACES.duration_ms + histogramBucketOf(durationMs), 1)
    if (latenessMs !== null) this.#place(FIRST_PLACES.lateness_ms + histogramBucketOf(latenessMs), 1)
  }

  readonly #count = (counter: RunCounter, amount: number): void => {
    if (amount !== 0) this.#place(PLACES[counter], amount)
  }

  #place(place: number, amount: number): void {
    this.#at = this.#sums.count(place, this.#sign * amount, this.#at)
  }
}

const PLACES = Object.fromEntries(RUN_COUNTERS.map((counter, place) => [counter, place])) as Readonly<
  Record<RunCounter, number>
>

const FIRST_PLACES = Object.fromEntries(
  RUN_MEASURES.map((name, measure) => [name, firstPlaceOf(RUN_FACTS, measure)]),
) as Readonly<Record<RunMeasure, number>>

const DURATION = RUN_MEASURES.indexOf('duration_ms')
const LATENESS = RUN_MEASURES.indexOf('lateness_ms')
const NO_SUMS = new Sums()
