import { checkDueTimes } from './check-due-times.ts'
import { checkRuns } from './check-runs.ts'
import { checkTotals } from './check-totals.ts'
import type { HistoryCheck, Violation } from './history-check.ts'

/** Compares what processes told with what the ledger says. Pure; an empty answer means that everything holds. */
export function checkHistory(input: HistoryCheck): readonly Violation[] {
  return [...checkDueTimes(input), ...checkRuns(input), ...checkTotals(input)]
}
