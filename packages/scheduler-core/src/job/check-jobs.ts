import { refuseOption } from '../options/refuse-option.ts'
import { createSchedulePool } from '../schedule/schedule-pool.ts'
import { checkJob } from './define-job.ts'
import { refuseSharedNames } from './former-names.ts'
import type { AnyJobOptions, Job } from './job.ts'

/** The jobs of a scheduler by their names. Throws `INVALID_OPTIONS`. */
export function checkJobs<S>(options: readonly AnyJobOptions<S>[]): ReadonlyMap<string, Job<S>> {
  const jobs = new Map<string, Job<S>>()
  const renamed: { readonly job: Job<S>; readonly path: string }[] = []
  const pool = createSchedulePool()
  for (const [index, one] of options.entries()) {
    const job = checkJob<S, never>(one, `scheduler.jobs[${index}]`)
    if (jobs.has(job.name)) {
      const expected = 'a name that is unique among the jobs of this scheduler'
      refuseOption({ path: `scheduler.jobs[${index}].name`, value: job.name, expected })
    }
    if (job.formerly.length > 0) renamed.push({ job, path: `scheduler.jobs[${index}]` })
    const schedule = pool(job.schedule)
    jobs.set(job.name, schedule === job.schedule ? job : Object.freeze({ ...job, schedule }))
  }
  for (const { job, path } of renamed) refuseSharedNames(job, { others: jobs.values(), path })
  return jobs
}
