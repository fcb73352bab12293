import { refuseOption } from '../options/refuse-option.ts'
import { createSchedulePool } from '../schedule/schedule-pool.ts'
import { checkJob } from './define-job.ts'
import { refuseSharedNames } from './former-names.ts'
import type { AnyJobOptions, Job } from './job.ts'

/** The jobs of a scheduler or a worker, which `path` says, by their names. Throws `INVALID_OPTIONS`. */
export function checkJobs<S>(options: readonly AnyJobOptions<S>[], path: string): ReadonlyMap<string, Job<S>> {
  const jobs = new Map<string, Job<S>>()
  const renamed: { readonly job: Job<S>; readonly at: string }[] = []
  const pool = createSchedulePool()
  for (const [index, one] of options.entries()) {
    const job = checkJob<S, never>(one, `${path}.jobs[${index}]`)
    if (jobs.has(job.name)) {
      const expected = 'a name that is unique among the jobs of this scheduler'
      refuseOption({ path: `${path}.jobs[${index}].name`, value: job.name, expected })
    }
    if (job.formerly.length > 0) renamed.push({ job, at: `${path}.jobs[${index}]` })
    const schedule = pool(job.schedule)
    jobs.set(job.name, schedule === job.schedule ? job : Object.freeze({ ...job, schedule }))
  }
  for (const { job, at } of renamed) refuseSharedNames(job, { others: jobs.values(), path: at })
  return jobs
}
