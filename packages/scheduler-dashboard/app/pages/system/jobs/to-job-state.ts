import type { JobView } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'
import type { StateName } from '../../../ui/icons.tsx'
import { stateOfJob } from '../../../ui/state-of.ts'

/** All that a job is at once, under the sign of the worst. */
export function toJobState({ conditions, running_runs }: Pick<JobView, 'conditions' | 'running_runs'>): {
  readonly state: StateName
  readonly words: string
} {
  const isRunning = running_runs > 0 && !conditions.includes('running_long')
  const all = [...conditions, ...(isRunning ? (['running'] as const) : [])]
  const words = strings.jobs.words
  return { state: stateOfJob(all), words: all.map((one) => words[one]).join(', ') || words.ok }
}

/** When the last run began, and what came of it as far as the job's row tells. */
export function toLastRun(job: Pick<JobView, 'last_run_at' | 'last_success_at' | 'last_failure_at'>): {
  readonly at: string
  readonly state: StateName
  readonly words: string
} | null {
  const { last_run_at: at, last_success_at: good, last_failure_at: bad } = job
  if (at === null) return null
  const words = strings.jobs.outcomes
  if (good === null && bad === null) return { at, state: 'unknown', words: words.unknown }
  // Times of one form are in the order of their texts.
  const isGood = bad === null || (good !== null && good > bad)
  return { at, state: isGood ? 'ok' : 'failed', words: isGood ? words.ok : words.failed }
}
