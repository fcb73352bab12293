import { RUN_COUNTERS, RUN_FACTS, RUN_MEASURES, type RunCounter, type RunMeasure } from '../../run/counters.ts'
import { histogramBucketOf } from '../../run/histogram.ts'
import type { LedgerEntry } from '../../run/ledger-entry.ts'
import { isOpenState } from '../../run/states.ts'
import { type CountedRun, countSettlement, countUnrun, type SettledFacts } from '../../run/tally-entry.ts'
import { type Addition, firstPlaceOf, type Maxima, NOTHING_ADDED, type Sums } from './sums.ts'

/** What an entry adds to the tallies of its job: nothing while it is under way. */
export function additionOf(entry: LedgerEntry): Addition {
  if (entry.kind === 'run') {
    const { state, attempt, items, durationMs } = entry
    if (isOpenState(state)) return NOTHING_ADDED
    return new RunAddition().of(entry, { state, attempt, items, durationMs }).copy()
  }
  const pairs: number[] = []
  countUnrun(entry, (counter, amount) => {
    if (amount !== 0) pairs.push(PLACES[counter], amount)
  })
  return { pairs, maxima: NOTHING_ADDED.maxima }
}

/** What a run adds with its outcome. One object serves many runs, one after the other. */
export class RunAddition {
  /** Pairs of place and amount, of which only the first ones are of the present run. */
  readonly #pairs: number[] = []
  #length = 0
  #amount = 0
  #durationMs: number | null = null
  #latenessMs: number | null = null
  #queueWaitMs: number | null = null

  /** No count grows by more. */
  get amount(): number {
    return this.#amount
  }

  /** Turns to a run. */
  of(run: CountedRun, outcome: SettledFacts): this {
    this.#length = 0
    this.#amount = 0
    this.#durationMs = outcome.durationMs
    this.#latenessMs = run.latenessMs
    this.#queueWaitMs = run.queueWaitMs
    countSettlement(run, outcome, this.#count)
    this.#countValue(FIRST_PLACES.duration_ms, this.#durationMs)
    this.#countValue(FIRST_PLACES.lateness_ms, this.#latenessMs)
    this.#countValue(FIRST_PLACES.queue_wait_ms, this.#queueWaitMs)
    return this
  }

  /** Adds it to sums that have room for its amount. Answers the maxima from before, for `takeFrom`. */
  addTo(sums: Sums): Maxima {
    const before = sums.maxima
    sums.count(this.#pairs, this.#length, 1)
    sums.raise(DURATION, this.#durationMs)
    sums.raise(LATENESS, this.#latenessMs)
    sums.raise(QUEUE_WAIT, this.#queueWaitMs)
    return before
  }

  /** Undoes `addTo`, after all later additions are undone. */
  takeFrom(sums: Sums, maximaBefore: Maxima): void {
    sums.count(this.#pairs, this.#length, -1)
    sums.maxima = maximaBefore
  }

  /** The addition of the present run, to keep. */
  copy(): Addition {
    const maxima = [this.#durationMs, this.#latenessMs]
    // Left out where the run was not queued, as most are not.
    if (this.#queueWaitMs !== null) maxima.push(this.#queueWaitMs)
    return { pairs: this.#pairs.slice(0, this.#length), maxima }
  }

  readonly #count = (counter: RunCounter, amount: number): void => {
    if (amount !== 0) this.#put(PLACES[counter], amount)
  }

  #countValue(firstPlace: number, value: number | null): void {
    if (value !== null) this.#put(firstPlace + histogramBucketOf(value), 1)
  }

  #put(place: number, amount: number): void {
    this.#pairs[this.#length] = place
    this.#pairs[this.#length + 1] = amount
    this.#length += 2
    this.#amount += amount
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
const QUEUE_WAIT = RUN_MEASURES.indexOf('queue_wait_ms')
