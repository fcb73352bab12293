import type { EpochMs } from '../../clock.ts'
import { addCounts } from '../../run/count.ts'
import type { Run, UnrunRange } from '../../run/ledger-entry.ts'
import { addUnmet, unmetByRange, unmetByRun } from '../../run/unmet.ts'
import type { LatestOutcomes } from './scheduler-data.ts'

/**
 * A job's latest outcomes after one more settled run. Outcomes may arrive in any order; instants only move forwards. A
 * cancelled run counts as a run, but neither as a success nor as a failure.
 */
export function outcomesAfter(latestOutcomes: LatestOutcomes, run: Run, settledAt: EpochMs): LatestOutcomes {
  const lastRunAt = latest(latestOutcomes.lastRunAt, settledAt)
  const counted = { ...latestOutcomes, lastRunAt, ...countedOutcome(latestOutcomes, run, settledAt) }
  return { ...counted, unmet: addUnmet(latestOutcomes.unmet, unmetByRun(run), counted.lastSuccessAt) }
}

function countedOutcome(before: LatestOutcomes, { state, error }: Run, settledAt: EpochMs): Partial<LatestOutcomes> {
  if (state === 'running') return {}
  const isLast = before.lastRunAt === null || settledAt >= before.lastRunAt
  const ending = isLast ? { lastOutcome: state } : {}
  if (state === 'cancelled') return ending
  if (state === 'succeeded') {
    return { ...ending, lastSuccessAt: latest(before.lastSuccessAt, settledAt), consecutiveFailures: 0 }
  }
  const consecutiveFailures = addCounts(before.consecutiveFailures, 1)
  const lastFailureAt = latest(before.lastFailureAt, settledAt)
  const code = lastFailureAt === settledAt ? { lastErrorCode: error?.code ?? null } : {}
  return { ...ending, ...code, lastFailureAt, consecutiveFailures }
}

/** A job's latest outcomes after due times that did not run. */
export function outcomesAfterUnrun(latestOutcomes: LatestOutcomes, range: UnrunRange): LatestOutcomes {
  const unmet = addUnmet(latestOutcomes.unmet, unmetByRange(range), latestOutcomes.lastSuccessAt)
  return unmet === latestOutcomes.unmet ? latestOutcomes : { ...latestOutcomes, unmet }
}

function latest(before: EpochMs | null, now: EpochMs): EpochMs {
  return before === null || now > before ? now : before
}
