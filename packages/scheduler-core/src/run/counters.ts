import { addCounts } from './count.ts'
import { addDistributions, type Distribution, EMPTY_DISTRIBUTION } from './distribution.ts'

/**
 * The counters that every metric is computed from, per job and per provider, for the lifetime and for each bucket. The
 * only list: the stores' columns and all sums follow it. Whole numbers, so that the order of a sum does not matter.
 */
export const RUN_COUNTERS = [
  'succeeded',
  'failed',
  'timed_out',
  'orphaned',
  'interrupted',
  'cancelled',
  /** Succeeded runs in which some items failed. */
  'partial',
  /** Calls of the handlers of the settled runs: each attempt once, also where a rerun goes on counting. */
  'attempts',
  /** Due times whose run started and is settled. */
  'due_started',
  'skipped_overlap',
  'skipped_excluded',
  'missed',
  'suppressed',
  'items_processed',
  'items_failed',
  'items_skipped',
  /** How many runs have a duration, and the sum of those durations. */
  'timed_runs',
  'duration_ms',
  /** How many runs have a lateness, and the sum of it. */
  'due_runs',
  'lateness_ms',
  /** How many runs were taken over from a queue, and the sum of their waits. */
  'queue_waits',
  'queue_wait_ms',
] as const

export const CALL_COUNTERS = [
  /** Requests that were sent: those that succeeded, failed, were rate-limited, or asked for what the provider has not. */
  'calls',
  /** Requests that got an answer, good or bad; a time-out or a broken connection is none. */
  'answered',
  /** Answers that gave validated data. */
  'succeeded',
  'failed',
  'rate_limited',
  /** Successes of a provider that was not the first one asked. */
  'served_as_fallback',
  /** Sum of the durations of the answered calls. */
  'answered_ms',
] as const

/** The measures of a run. The counter of the same name holds the sum; the distribution is beside it. */
export const RUN_MEASURES = ['duration_ms', 'lateness_ms', 'queue_wait_ms'] as const satisfies readonly RunCounter[]
/** The measures of an answered call. */
export const CALL_MEASURES = ['answered_ms'] as const satisfies readonly CallCounter[]

export type RunCounter = (typeof RUN_COUNTERS)[number]
export type CallCounter = (typeof CALL_COUNTERS)[number]
export type RunMeasure = (typeof RUN_MEASURES)[number]
export type CallMeasure = (typeof CALL_MEASURES)[number]

/** Counters, and the distribution of each measure. */
export type Tally<C extends string, M extends string> = Readonly<Record<C, number>> & {
  readonly distributions: Readonly<Record<M, Distribution>>
}
export type RunTally = Tally<RunCounter, RunMeasure>
export type CallTally = Tally<CallCounter, CallMeasure>

/** The counters and measures of one kind of tally. */
export interface TallyFacts<C extends string, M extends string> {
  readonly counters: readonly C[]
  readonly measures: readonly M[]
}
export const RUN_FACTS: TallyFacts<RunCounter, RunMeasure> = { counters: RUN_COUNTERS, measures: RUN_MEASURES }
export const CALL_FACTS: TallyFacts<CallCounter, CallMeasure> = { counters: CALL_COUNTERS, measures: CALL_MEASURES }

export const EMPTY_RUN_TALLY: RunTally = emptyTally(RUN_FACTS)
export const EMPTY_CALL_TALLY: CallTally = emptyTally(CALL_FACTS)

/** The sum of tallies, by counter and measure. A counter stops at `MAX_COUNT`. */
export function addTallies<C extends string, M extends string>(
  facts: TallyFacts<C, M>,
  tallies: readonly Tally<C, M>[],
): Tally<C, M> {
  return toTally(facts, {
    count: (counter) => tallies.reduce((sum, tally) => addCounts(sum, tally[counter]), 0),
    distribution: (measure) => addDistributions(tallies.map(({ distributions }) => distributions[measure])),
  })
}

/** Makes a tally by asking for each counter and each distribution. */
export function toTally<C extends string, M extends string>(
  { counters, measures }: TallyFacts<C, M>,
  { count, distribution }: FactReader<C, M>,
): Tally<C, M> {
  // Snapshots make thousands of tallies: entries and spreads would take several times as long.
  const tally: Record<string, unknown> = {}
  for (const [index, counter] of counters.entries()) tally[counter] = count(counter, index)
  const distributions: Record<string, Distribution> = {}
  for (const [index, measure] of measures.entries()) distributions[measure] = distribution(measure, index)
  tally['distributions'] = distributions
  return tally as Tally<C, M>
}

interface FactReader<C extends string, M extends string> {
  count(counter: C, index: number): number
  distribution(measure: M, index: number): Distribution
}

function emptyTally<C extends string, M extends string>(facts: TallyFacts<C, M>): Tally<C, M> {
  const tally = toTally(facts, { count: () => 0, distribution: () => EMPTY_DISTRIBUTION })
  Object.freeze(tally.distributions)
  return Object.freeze(tally)
}
