import { initialControl } from '../control/control.ts'
import type { RegisterInput } from '../ports/store.ts'
import { SetKey } from './changes/set-key.ts'
import type { MemoryDatabase } from './state/memory-database.ts'
import { JobData, SchedulerData } from './state/scheduler-data.ts'

export function register({ schedulers, undoLog }: MemoryDatabase, { scheduler, jobs, now }: RegisterInput): void {
  const data = schedulers.get(scheduler) ?? new SchedulerData(scheduler, initialControl(now))
  if (!schedulers.has(scheduler)) undoLog.apply(new SetKey(schedulers, scheduler, data))
  for (const { job, cursor } of jobs) {
    if (!data.jobs.has(job)) undoLog.apply(new SetKey(data.jobs, job, new JobData(job, cursor)))
  }
}
