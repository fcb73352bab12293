import type { EpochMs } from '../../clock.ts'
import { addCounts } from '../../run/count.ts'
import type { Settlement } from '../../run/ledger-entry.ts'
import type { LatestOutcomes } from './scheduler-data.ts'

/**
 * A job's latest outcomes after one more outcome. Outcomes may arrive in any order; instants only move forwards. A
 * cancelled run counts as a run, but neither as a success nor as a failure.
 */
export function outcomesAfter(
  latestOutcomes: LatestOutcomes,
  { state, settledAt }: Pick<Settlement, 'state' | 'settledAt'>,
): LatestOutcomes {
  const lastRunAt = latest(latestOutcomes.lastRunAt, settledAt)
  if (state === 'cancelled') return { ...latestOutcomes, lastRunAt }
  if (state === 'succeeded') {
    return {
      ...latestOutcomes,
      lastRunAt,
      lastSuccessAt: latest(latestOutcomes.lastSuccessAt, settledAt),
      consecutiveFailures: 0,
    }
  }
  const consecutiveFailures = addCounts(latestOutcomes.consecutiveFailures, 1)
  return {
    ...latestOutcomes,
    lastRunAt,
    lastFailureAt: latest(latestOutcomes.lastFailureAt, settledAt),
    consecutiveFailures,
  }
}

function latest(before: EpochMs | null, now: EpochMs): EpochMs {
  return before === null || now > before ? now : before
}
