import type { InstanceId } from '../../ids.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'
import type { ActiveRuns } from './active-runs.ts'
import type { MessageCounts } from './message-counts.ts'
import type { RunReports } from './run-reports.ts'

/** The dependencies that the services of one instance share, between one `open` and its `close`. */
export interface InstanceContext<S extends object> extends SchedulerContext<S> {
  readonly instance: InstanceId
  readonly leaseMs: number
  readonly active: ActiveRuns
  readonly reports: RunReports
  /** How long a claimed run waits for a worker before it is handed over again; `null` where runs begin in this process. */
  readonly queueTimeoutMs: number | null
  readonly messages: MessageCounts
}
