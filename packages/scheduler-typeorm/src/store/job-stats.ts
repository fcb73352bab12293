import type { EpochMs, SettledRunState } from '@pm/scheduler-core'
import { addUnmet, type Settlement, UNRUN_STATES, type Unmet } from '@pm/scheduler-core/store'

export interface JobStatRow {
  readonly job: string
  /** `null` when the batch has no run of the job. */
  readonly last_run_at: EpochMs | null
  readonly last_success_at: EpochMs | null
  readonly last_failure_at: EpochMs | null
  /** The outcome of the last run, and the code of the error of the last failed one. */
  readonly last_outcome: SettledRunState | null
  readonly last_error_code: string | null
  /** Failures in the batch after its last success. */
  readonly consecutive_failures: number
  /** The due times of the batch without success, without those before its last success. */
  readonly unmet: Unmet | null
}

/** What became of a run, or of due times that did not run. */
export interface StatOutcome extends Pick<Settlement, 'job' | 'settledAt'> {
  readonly state: Settlement['state'] | (typeof UNRUN_STATES)[number]
  /** Of a run that failed. */
  readonly errorCode: string | null
  /** The due times that it leaves without success. */
  readonly unmet: Unmet | null
}

/**
 * Statistics of a batch of outcomes, by job. A cancelled run counts as ended, but neither as a success nor as a
 * failure.
 */
export function jobStats(outcomes: readonly StatOutcome[]): JobStatRow[] {
  const stats = new Map<string, JobStatRow>()
  for (const outcome of outcomes) {
    const before = stats.get(outcome.job) ?? nothing(outcome.job)
    const counted = isRun(outcome) ? after(before, outcome) : before
    stats.set(outcome.job, { ...counted, unmet: addUnmet(before.unmet, outcome.unmet, counted.last_success_at) })
  }
  return [...stats.values()]
}

function nothing(job: string): JobStatRow {
  return {
    job,
    last_run_at: null,
    last_success_at: null,
    last_failure_at: null,
    last_outcome: null,
    last_error_code: null,
    consecutive_failures: 0,
    unmet: null,
  }
}

type RunOutcome = StatOutcome & Pick<Settlement, 'state'>

function isRun(outcome: StatOutcome): outcome is RunOutcome {
  return !UNRUN_STATES.some((unrun) => unrun === outcome.state)
}

function after(before: JobStatRow, { state, settledAt, errorCode }: RunOutcome): JobStatRow {
  const last_run_at = latest(before.last_run_at, settledAt)
  const soFar = { ...before, last_run_at, ...(last_run_at === settledAt && { last_outcome: state }) }
  if (state === 'cancelled') return soFar
  if (state === 'succeeded') {
    return { ...soFar, last_success_at: latest(before.last_success_at, settledAt), consecutive_failures: 0 }
  }
  const last_failure_at = latest(before.last_failure_at, settledAt)
  const code = last_failure_at === settledAt && { last_error_code: errorCode }
  return { ...soFar, ...code, last_failure_at, consecutive_failures: before.consecutive_failures + 1 }
}

function latest(before: EpochMs | null, now: EpochMs): EpochMs {
  return before === null ? now : Math.max(before, now)
}
