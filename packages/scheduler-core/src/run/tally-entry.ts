import { EMPTY_RUN_TALLY, type RunTally } from './counters.ts'
import { distributionOf } from './distribution.ts'
import type { Run, Settlement, UnrunRange } from './ledger-entry.ts'

/** What one settled run adds to its job's counters. */
export function tallySettlement(run: Pick<Run, 'trigger' | 'latenessMs'>, settlement: Settlement): RunTally {
  const { state, items, attempt, durationMs } = settlement
  return {
    ...EMPTY_RUN_TALLY,
    [state]: 1,
    partial: state === 'succeeded' && items.failed > 0 ? 1 : 0,
    attempts: attempt,
    due_started: run.trigger === 'schedule' ? 1 : 0,
    items_processed: items.processed,
    items_failed: items.failed,
    items_skipped: items.skipped,
    timed_runs: durationMs === null ? 0 : 1,
    duration_ms: durationMs ?? 0,
    due_runs: run.latenessMs === null ? 0 : 1,
    lateness_ms: run.latenessMs ?? 0,
    distributions: { duration_ms: distributionOf(durationMs), lateness_ms: distributionOf(run.latenessMs) },
  }
}

/** What due times that never ran add to their job's counters. */
export function tallyUnrun(range: Pick<UnrunRange, 'state' | 'reason' | 'dueCount'>): RunTally {
  const counter = range.state === 'skipped' ? (`skipped_${range.reason ?? 'overlap'}` as const) : range.state
  return { ...EMPTY_RUN_TALLY, [counter]: range.dueCount }
}
