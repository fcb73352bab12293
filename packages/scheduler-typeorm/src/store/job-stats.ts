import type { EpochMs } from '@pm/scheduler-core'
import type { Settlement } from '@pm/scheduler-core/store'

export interface JobStatRow {
  readonly job: string
  readonly last_run_at: EpochMs
  readonly last_success_at: EpochMs | null
  readonly last_failure_at: EpochMs | null
  /** Failures in the batch after its last success. */
  readonly consecutive_failures: number
}

/**
 * Statistics of a batch of outcomes, by job. A cancelled run counts as ended, but neither as a success nor as a
 * failure.
 */
export function jobStats(outcomes: readonly Pick<Settlement, 'job' | 'state' | 'settledAt'>[]): JobStatRow[] {
  const stats = new Map<string, JobStatRow>()
  for (const outcome of outcomes) stats.set(outcome.job, after(stats.get(outcome.job), outcome))
  return [...stats.values()]
}

function after(
  stat: JobStatRow | undefined,
  { job, state, settledAt }: Pick<Settlement, 'job' | 'state' | 'settledAt'>,
): JobStatRow {
  const {
    last_run_at = settledAt,
    last_success_at = null,
    last_failure_at = null,
    consecutive_failures = 0,
  } = stat ?? {}
  const soFar = {
    job,
    last_run_at: Math.max(last_run_at, settledAt),
    last_success_at,
    last_failure_at,
    consecutive_failures,
  }
  if (state === 'cancelled') return soFar
  if (state === 'succeeded') {
    return { ...soFar, last_success_at: Math.max(last_success_at ?? settledAt, settledAt), consecutive_failures: 0 }
  }
  const lastFailureAt = Math.max(last_failure_at ?? settledAt, settledAt)
  return { ...soFar, last_failure_at: lastFailureAt, consecutive_failures: consecutive_failures + 1 }
}
