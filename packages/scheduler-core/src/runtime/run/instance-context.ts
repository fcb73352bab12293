import type { InstanceId } from '../../ids.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'
import type { ActiveRuns } from './active-runs.ts'
import type { RunReports } from './run-reports.ts'

/** The dependencies that the services of one instance share, between one `open` and its `close`. */
export interface InstanceContext<S extends object> extends SchedulerContext<S> {
  readonly instance: InstanceId
  readonly leaseMs: number
  readonly active: ActiveRuns
  readonly reports: RunReports
}
