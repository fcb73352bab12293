import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'
import { strings } from '../../strings/index.ts'
import type { StateName } from '../../ui/icons.tsx'
import { stateOfHealth, stateOfScheduler } from '../../ui/state-of.ts'

/** The state of a scheduler in one sentence: the worst first, and nothing that is well. */
export function verdictOf({ scheduler, jobs }: AdminStatusV2): { readonly state: StateName; readonly text: string } {
  const words = strings.admin.verdict
  const parts = [
    ...(scheduler.state === 'running' ? [] : [words.schedulerIs(scheduler.name, scheduler.state)]),
    ...(jobs.failing > 0 ? [words.failing(jobs.failing)] : []),
    ...(jobs.overdue > 0 ? [words.overdue(jobs.overdue)] : []),
    ...(jobs.running_long > 0 ? [words.runningLong(jobs.running_long)] : []),
    ...(jobs.paused > 0 ? [words.paused(jobs.paused)] : []),
  ]
  if (parts.length === 0) return { state: stateOfHealth(scheduler.health.status), text: words.healthy(scheduler.name) }
  return { state: worst({ scheduler, jobs }), text: `${parts.join(', ')}.` }
}

function worst({ scheduler, jobs }: Pick<AdminStatusV2, 'scheduler' | 'jobs'>): StateName {
  if (scheduler.state === 'error' || jobs.failing > 0) return 'failed'
  if (jobs.overdue > 0 || jobs.running_long > 0) return 'late'
  return scheduler.state === 'running' ? 'paused' : stateOfScheduler(scheduler.state)
}
