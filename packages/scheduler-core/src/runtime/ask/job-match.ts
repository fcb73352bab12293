import * as z from 'zod'
import type { JobMatch } from '../../api/bulk.ts'
import { SchedulerError } from '../../errors.ts'
import { fingerprintOf } from '../../ids.ts'
import { A_TAG, tag } from '../../job/about.ts'
import type { Job } from '../../job/job.ts'
import { lazily } from '../../lazily.ts'
import { parseOptions } from '../../options/parse-options.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import { type JobFilter, meets } from '../../reading/job-filter.ts'

/** The most jobs that one command may meet. */
export const MAX_JOBS = 500

const filterSchema = lazily(() =>
  z.strictObject({
    search: z.string().min(1).max(64).optional(),
    tags: z
      .array(tag(), { error: `a list of tags, each ${A_TAG}` })
      .min(1)
      .max(20)
      .optional(),
    owner: z.string().min(1).max(200).optional(),
    jobs: z.array(z.string(), { error: 'a list of names of jobs' }).optional(),
  }),
)

/** Finds the jobs that a filter meets. Throws `INVALID_OPTIONS` for a filter without a condition, and for too many jobs. */
export function matchJobs<S>(jobs: Iterable<Job<S>>, given: JobFilter): JobMatch {
  const filter = parseOptions(filterSchema(), given, 'filter')
  const { jobs: _, ...conditions } = filter
  if (Object.values(conditions).every((condition) => condition === undefined)) {
    refuseOption({ path: 'filter', value: given, expected: 'one of search, tags, owner; pause() is for all jobs' })
  }
  const names = [...jobs].filter((job) => meets(job, filter)).map(({ name }) => name)
  if (names.length > MAX_JOBS) {
    const expected = `a filter that at most ${MAX_JOBS} jobs meet`
    refuseOption({ path: 'filter', value: given, received: `one that ${names.length} meet`, expected })
  }
  const found = names.sort()
  return { jobs: found, match: fingerprintOf(found) }
}

/** Throws `JOBS_CHANGED` when the filter does not meet the jobs of the preview any more. */
export function assertMatch({ match, jobs }: JobMatch, expected: string | undefined): void {
  if (expected !== undefined && expected !== match) throw new SchedulerError('JOBS_CHANGED', { actual: jobs.length })
}
