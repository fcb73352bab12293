import { addCounts } from './count.ts'
import { EMPTY_RUN_TALLY, type RunCounter, type RunTally } from './counters.ts'
import { distributionOfAll } from './distribution.ts'
import type { Run, Settlement, UnrunRange } from './ledger-entry.ts'

/** Called for each counter that grows, in the order of the counters, with the amount. */
export type Count = (counter: RunCounter, amount: number) => void

export type SettledFacts = Pick<Settlement, 'state' | 'attempt' | 'items' | 'durationMs'>

/** The facts of a run, beside its outcome, that its counters need. */
export type CountedRun = Pick<Run, 'trigger' | 'latenessMs' | 'earlierAttempts' | 'queueWaitMs'>

/** Reports what one settled run adds to its job's counters. */
export function countSettlement(
  { trigger, latenessMs, earlierAttempts, queueWaitMs }: CountedRun,
  { state, attempt, items, durationMs }: SettledFacts,
  count: Count,
): void {
  count(state, 1)
  if (state === 'succeeded' && items.failed > 0) count('partial', 1)
  count('attempts', attempt - earlierAttempts)
  if (trigger === 'schedule') count('due_started', 1)
  count('items_processed', items.processed)
  count('items_failed', items.failed)
  count('items_skipped', items.skipped)
  if (durationMs !== null) {
    count('timed_runs', 1)
    count('duration_ms', durationMs)
  }
  if (latenessMs !== null) {
    count('due_runs', 1)
    count('lateness_ms', latenessMs)
  }
  if (queueWaitMs !== null) {
    count('queue_waits', 1)
    count('queue_wait_ms', queueWaitMs)
  }
}

/** Reports what due times that did not run add to their job's counters. */
export function countUnrun(range: Pick<UnrunRange, 'state' | 'reason' | 'dueCount'>, count: Count): void {
  count(range.state === 'skipped' ? (`skipped_${range.reason ?? 'overlap'}` as const) : range.state, range.dueCount)
}

/** A settled run, as its counters need it. */
export interface Outcome {
  readonly run: CountedRun
  readonly settlement: SettledFacts
}

/** What settled runs of a job add to its counters. */
export function tallySettlements(outcomes: readonly Outcome[]): RunTally {
  const durations: number[] = []
  const latenesses: number[] = []
  const waits: number[] = []
  const counts = tally((count) => {
    for (const { run, settlement } of outcomes) {
      countSettlement(run, settlement, count)
      if (settlement.durationMs !== null) durations.push(settlement.durationMs)
      if (run.latenessMs !== null) latenesses.push(run.latenessMs)
      if (run.queueWaitMs !== null) waits.push(run.queueWaitMs)
    }
  })
  return {
    ...counts,
    distributions: {
      duration_ms: distributionOfAll(durations),
      lateness_ms: distributionOfAll(latenesses),
      queue_wait_ms: distributionOfAll(waits),
    },
  }
}

/** What due times that did not run add to their job's counters. */
export function tallyUnrun(range: Pick<UnrunRange, 'state' | 'reason' | 'dueCount'>): RunTally {
  return tally((count) => countUnrun(range, count))
}

function tally(tell: (count: Count) => void): RunTally {
  const counts: Record<RunCounter, number> & Pick<RunTally, 'distributions'> = { ...EMPTY_RUN_TALLY }
  tell((counter, amount) => {
    counts[counter] = addCounts(counts[counter], amount)
  })
  return counts
}
