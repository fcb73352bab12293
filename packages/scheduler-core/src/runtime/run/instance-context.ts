import type { InstanceId } from '../../ids.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'
import type { ActiveRuns } from './active-runs.ts'

/** What the services of one instance stand on: between one `open` and its `close`, and passed along whole. */
export interface InstanceContext<S extends object> extends SchedulerContext<S> {
  readonly instance: InstanceId
  readonly leaseMs: number
  readonly active: ActiveRuns
}
