import { RUN_COUNTERS, RUN_FACTS, RUN_MEASURES, type RunCounter, type RunMeasure } from '../../run/counters.ts'
import { histogramBucketOf } from '../../run/histogram.ts'
import type { LedgerEntry } from '../../run/ledger-entry.ts'
import { type CountedRun, countSettlement, countUnrun, type SettledFacts } from '../../run/tally-entry.ts'
import { type Addition, firstPlaceOf, type Maxima, NOTHING_ADDED, type Sums } from './sums.ts'

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

/** Adds a run to sums that have room for it, without making an addition. Answers the maxima from before. */
export function addRun(sums: Sums, run: CountedRun, outcome: SettledFacts): Maxima {
  const before = sums.maxima
  countRun(sums, 1, run, outcome)
  sums.raise(DURATION, outcome.durationMs)
  sums.raise(LATENESS, run.latenessMs)
  return before
}

/** Undoes `addRun`, after all later additions are undone. */
export function takeRun(sums: Sums, run: CountedRun, outcome: SettledFacts): void {
  countRun(sums, -1, run, outcome)
}

/** No count of a sum grows by more than this with the run. */
export function greatestAmountOf({ latenessMs }: CountedRun, { attempt, durationMs, items }: SettledFacts): number {
  return attempt + (durationMs ?? 0) + (latenessMs ?? 0) + items.processed + items.failed + items.skipped
}

function countRun(sums: Sums, sign: 1 | -1, run: CountedRun, outcome: SettledFacts): void {
  let at = 0
  countSettlement(run, outcome, (counter, amount) => {
    if (amount !== 0) at = sums.count(PLACES[counter], sign * amount, at)
  })
  const { durationMs } = outcome
  const { latenessMs } = run
  if (durationMs !== null) at = sums.count(FIRST_PLACES.duration_ms + histogramBucketOf(durationMs), sign, at)
  if (latenessMs !== null) sums.count(FIRST_PLACES.lateness_ms + histogramBucketOf(latenessMs), sign, at)
}

const PLACES = Object.fromEntries(RUN_COUNTERS.map((counter, place) => [counter, place])) as Readonly<
  Record<RunCounter, number>
>

const FIRST_PLACES = Object.fromEntries(
  RUN_MEASURES.map((name, measure) => [name, firstPlaceOf(RUN_FACTS, measure)]),
) as Readonly<Record<RunMeasure, number>>

const DURATION = RUN_MEASURES.indexOf('duration_ms')
const LATENESS = RUN_MEASURES.indexOf('lateness_ms')
