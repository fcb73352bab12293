import { initialControl } from '../control/control.ts'
import { placeJobs } from '../plan/place-jobs.ts'
import type { RegisterInput } from '../ports/store.ts'
import { SetKey } from './changes/set-key.ts'
import { SetKeys } from './changes/set-keys.ts'
import { JobData } from './state/job-data.ts'
import type { MemoryDatabase } from './state/memory-database.ts'
import { SchedulerData } from './state/scheduler-data.ts'

export function register(
  { schedulers, undoLog }: MemoryDatabase,
  { scheduler, jobs, now }: RegisterInput,
): readonly string[] {
  const data = schedulers.get(scheduler) ?? new SchedulerData(scheduler, initialControl(now))
  if (!schedulers.has(scheduler)) undoLog.apply(new SetKey(schedulers, scheduler, data))
  const places = placeJobs(jobs, { renamed: [...data.renamed.values()], known: [...data.jobs.keys()] })
  const added = new Map<string, JobData>()
  for (const { job, cursor } of places.added) added.set(job, new JobData(job, cursor, data.totals))
  if (added.size > 0) undoLog.apply(new SetKeys(data.jobs, added))
  for (const each of places.renamed) undoLog.apply(new SetKey(data.renamed, each.job, each))
  return places.added.map(({ job }) => job)
}
