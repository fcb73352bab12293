import { isRecord, type SchedulerConfig } from '../control/config.ts'
import type { ControlState } from '../control/control.ts'
import type { JobNames } from './job-names.ts'

/** A control state with the jobs as they are called here. What is no record of jobs stays as it was written. */
export function controlCalledHere(control: ControlState, { arePlain, calledHere }: JobNames): ControlState {
  if (arePlain) return control
  const { pausedJobs, config } = control
  return { ...control, pausedJobs: rekeyed(pausedJobs, calledHere), config: configCalledHere(config, calledHere) }
}

function configCalledHere(config: SchedulerConfig, rename: (name: string) => string): SchedulerConfig {
  return isRecord(config) ? { ...config, jobs: rekeyed(config.jobs, rename) } : config
}

function rekeyed<T>(byJob: T, rename: (name: string) => string): T {
  if (!isRecord(byJob)) return byJob
  return Object.fromEntries(Object.entries(byJob).map(([job, value]) => [rename(job), value])) as T
}
