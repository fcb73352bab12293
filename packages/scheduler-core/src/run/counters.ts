/**
 * The additive facts that every metric is computed from, kept per job and per provider, for the lifetime and for
 * each bucket of time. The arrays below are the only list of them: the stores' columns and both sums follow it.
 * All are whole numbers, so that sums agree to the digit in whatever order they are made.
 */
export const RUN_COUNTERS = [
  'succeeded',
  'failed',
  'timed_out',
  'orphaned',
  'cancelled',
  /** Succeeded runs in which some items failed. */
  'partial',
  /** Tries of the settled runs. */
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
  /** Runs with a duration, and the sum of those durations. */
  'timed_runs',
  'duration_ms',
  /** Runs with a lateness, and the sum of it. */
  'due_runs',
  'lateness_ms',
] as const

export const CALL_COUNTERS = [
  /** Requests that were sent. */
  'calls',
  /** Requests that got an answer, good or bad; a time-out or a broken connection is none. */
  'answered',
  /** Answers out of which validated data came. */
  'succeeded',
  'failed',
  'rate_limited',
  /** Successes of a provider that was not the first asked. */
  'served_as_fallback',
  /** Sum of the durations of the answered calls. */
  'answered_ms',
] as const

export type RunCounter = (typeof RUN_COUNTERS)[number]
export type CallCounter = (typeof CALL_COUNTERS)[number]
export type Tally<C extends string> = Readonly<Record<C, number>>
export type RunTally = Tally<RunCounter>
export type CallTally = Tally<CallCounter>

export const EMPTY_RUN_TALLY: RunTally = emptyTally(RUN_COUNTERS)
export const EMPTY_CALL_TALLY: CallTally = emptyTally(CALL_COUNTERS)

/** The sum of tallies, counter by counter. */
export function addTallies<C extends string>(counters: readonly C[], tallies: Iterable<Tally<C>>): Tally<C> {
  const sum: Record<C, number> = { ...emptyTally(counters) }
  for (const tally of tallies) for (const counter of counters) sum[counter] += tally[counter]
  return Object.freeze(sum)
}

function emptyTally<C extends string>(counters: readonly C[]): Tally<C> {
  return Object.freeze(Object.fromEntries(counters.map((counter) => [counter, 0])) as Record<C, number>)
}
