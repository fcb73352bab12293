import { toIso } from '../clock.ts'
import type { AdminStatusV1 } from '../contract/admin-status-v1.ts'
import { runMetric } from '../metrics/evaluate.ts'
import type { SchedulerSnapshot } from './snapshot.ts'

export interface StatusOptions {
  /** What a rate says where nothing was counted: `null` (default), or 0 for clients that cannot take `null`. */
  readonly emptyRate?: null | 0
}

/** The admin view, version 1: lifetime counts over all jobs. Pure. */
export function toAdminStatus(snapshot: SchedulerSnapshot, { emptyRate = null }: StatusOptions = {}): AdminStatusV1 {
  const { scheduler } = snapshot
  const lifetime = snapshot.totals.lifetime
  return {
    schedulerName: scheduler.name,
    state: scheduler.state,
    lastRun: scheduler.lastRunAt === null ? null : toIso(scheduler.lastRunAt),
    nextRun: scheduler.nextRunAt === null ? null : toIso(scheduler.nextRunAt),
    total_runs: runMetric('total_runs', lifetime),
    successful_runs: runMetric('successful_runs', lifetime),
    failed_runs: runMetric('failed_runs', lifetime),
    symbols_processed: runMetric('items_processed', lifetime),
    success_rate: runMetric('success_rate', lifetime) ?? emptyRate,
    uptimeSeconds: Math.floor(scheduler.uptimeMs / 1000),
  }
}
