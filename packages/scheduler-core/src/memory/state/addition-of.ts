import { RUN_COUNTERS, RUN_FACTS, RUN_MEASURES, type RunCounter, type RunMeasure } from '../../run/counters.ts'
import { histogramBucketOf } from '../../run/histogram.ts'
import type { LedgerEntry } from '../../run/ledger-entry.ts'
import { countSettlement, countUnrun } from '../../run/tally-entry.ts'
import { type Addition, firstPlaceOf, NOTHING_ADDED } from './sums.ts'

/** What an entry adds to the tallies of its job: nothing while it is running. */
export function additionOf(entry: LedgerEntry): Addition {
  if (entry.state === 'running') return NOTHING_ADDED
  const pairs: number[] = []
  const count = (counter: RunCounter, amount: number) => {
    if (amount !== 0) pairs.push(PLACES[counter], amount)
  }
  if (entry.kind === 'unrun') {
    countUnrun(entry, count)
    return { pairs, maxima: NOTHING_ADDED.maxima }
  }
  const { state, attempt, items, durationMs, latenessMs } = entry
  countSettlement(entry, { state, attempt, items, durationMs }, count)
  if (durationMs !== null) pairs.push(FIRST_PLACES.duration_ms + histogramBucketOf(durationMs), 1)
  if (latenessMs !== null) pairs.push(FIRST_PLACES.lateness_ms + histogramBucketOf(latenessMs), 1)
  return { pairs, maxima: [durationMs, latenessMs] }
}

const PLACES = Object.fromEntries(RUN_COUNTERS.map((counter, place) => [counter, place])) as Readonly<
  Record<RunCounter, number>
>

const FIRST_PLACES = Object.fromEntries(
  RUN_MEASURES.map((name, measure) => [name, firstPlaceOf(RUN_FACTS, measure)]),
) as Readonly<Record<RunMeasure, number>>
