import type { JobView } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import type { StateName } from '../../../ui/icons.tsx'
import { stateOfJob, stateOfRun } from '../../../ui/state-of.ts'

/** All that a job is at once, under the sign of the worst. */
export function toJobState({
  conditions,
  running_runs,
  queued_runs,
  overdue_seconds,
  retired_at,
}: Pick<JobView, 'conditions' | 'running_runs' | 'queued_runs' | 'overdue_seconds' | 'retired_at'>): {
  readonly state: StateName
  readonly words: string
} {
  if (retired_at !== null) return { state: stateOfJob(['retired']), words: strings.jobs.words.retired }
  const isRunning = running_runs > 0 && !conditions.includes('running_long')
  const isQueued = queued_runs > 0 && !conditions.includes('no_worker')
  const all = [...conditions, ...(isRunning ? (['running'] as const) : []), ...(isQueued ? (['queued'] as const) : [])]
  const words = strings.jobs.words
  const overdue = words.overdueFor(formatDuration(overdue_seconds * 1_000))
  const wordOf = (one: (typeof all)[number]) => {
    if (one === 'queued' || one === 'no_worker') return words[one](formatNumber(queued_runs))
    return one === 'overdue' ? overdue : words[one]
  }
  return {
    state: stateOfJob(all),
    words: all.map(wordOf).join(', ') || words.ok,
  }
}

/** When the last run began, how the last one ended, and with which error. */
export function toLastRun(job: Pick<JobView, 'last_run_at' | 'last_outcome' | 'last_error_code'>): {
  readonly at: string
  readonly state: StateName
  readonly words: string
  /** Of one that did not succeed. */
  readonly code: string | null
} | null {
  const { last_run_at: at, last_outcome: outcome, last_error_code } = job
  if (at === null) return null
  if (outcome === null) return { at, state: 'unknown', words: strings.jobs.notEnded, code: null }
  // The code of the last failure stays after a success.
  const code = outcome === 'succeeded' || outcome === 'cancelled' ? null : last_error_code
  return { at, state: stateOfRun(outcome), words: strings.kit.words[outcome], code }
}
