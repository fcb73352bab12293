import type { EpochMs } from '../../clock.ts'
import { addCounts } from '../../run/count.ts'
import type { Settlement } from '../../run/ledger-entry.ts'
import type { LatestOutcomes } from './scheduler-data.ts'

/**
 * A job's latestOutcomes after one more outcome. Instants only move forwards, whatever the order of arrival. A cancelled run is
 * a run, but says nothing about whether the job works.
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
