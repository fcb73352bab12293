import { isRecord, partOf, type SchedulerConfig } from '../../control/config.ts'
import type { ControlState } from '../../control/control.ts'
import { pausesIn } from '../../control/pauses.ts'
import type { JobScope } from '../guard/job-scope.ts'

/** The control state without the pauses and the settings of other jobs. Pure. */
export function controlWithin(control: ControlState, scope: JobScope): ControlState {
  const jobs = partOf(control.config, 'jobs')
  const config = { ...control.config, jobs: isRecord(jobs) ? only(jobs, scope) : {} } as SchedulerConfig
  return { ...control, pausedJobs: only(pausesIn(control), scope), config }
}

function only<T>(byJob: Readonly<Record<string, T>>, scope: JobScope): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(byJob).filter(([job]) => scope.has(job)))
}
