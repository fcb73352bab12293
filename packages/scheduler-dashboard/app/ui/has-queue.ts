import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'

/** Whether workers execute the runs of a scheduler, or have done so: of most there is no queue to tell of. */
export function hasQueue({
  scheduler,
  instances,
  windows,
}: Pick<AdminStatusV2, 'scheduler' | 'instances' | 'windows'>): boolean {
  return (
    scheduler.queued_runs > 0 ||
    scheduler.concurrency === 0 ||
    instances.workers > 0 ||
    windows.lifetime.max_queue_wait_ms !== null
  )
}
