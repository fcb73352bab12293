import type { EpochMs } from '../../clock.ts'
import { addCounts } from '../../run/count.ts'
import type { Settlement } from '../../run/ledger-entry.ts'
import type { JobMarks } from './books.ts'

/**
 * A job's marks after one more outcome. Instants only move forwards, whatever the order of arrival. A cancelled run is
 * a run, but says nothing about whether the job works.
 */
export function marksAfter(marks: JobMarks, { state, settledAt }: Pick<Settlement, 'state' | 'settledAt'>): JobMarks {
  const lastRunAt = latest(marks.lastRunAt, settledAt)
  if (state === 'cancelled') return { ...marks, lastRunAt }
  if (state === 'succeeded') {
    return { ...marks, lastRunAt, lastSuccessAt: latest(marks.lastSuccessAt, settledAt), consecutiveFailures: 0 }
  }
  const consecutiveFailures = addCounts(marks.consecutiveFailures, 1)
  return { ...marks, lastRunAt, lastFailureAt: latest(marks.lastFailureAt, settledAt), consecutiveFailures }
}

function latest(before: EpochMs | null, now: EpochMs): EpochMs {
  return before === null || now > before ? now : before
}
