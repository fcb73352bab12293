import { refuseOption } from '../../options/refuse-option.ts'

/** The most jobs of templates that one call makes, changes or removes. */
export const MAX_TEMPLATED = 100

/** Throws `INVALID_OPTIONS` unless it is a list of 1 to 100 jobs, each named once. Whatever else is wrong, is told later. */
export function assertList<T>(jobs: readonly T[], nameOf: (one: T) => unknown): void {
  const expected = `a list of 1 to ${MAX_TEMPLATED} jobs; more in several calls`
  if (!Array.isArray(jobs)) refuseOption({ path: 'jobs', value: jobs, expected })
  if (jobs.length === 0 || jobs.length > MAX_TEMPLATED) {
    refuseOption({ path: 'jobs', value: jobs, received: `${jobs.length} jobs`, expected })
  }
  const seen = new Set<unknown>()
  for (const [index, one] of jobs.entries()) {
    const path = `jobs[${index}]`
    if (one === null || one === undefined) refuseOption({ path, value: one, expected: 'a job' })
    const name = nameOf(one)
    if (seen.has(name)) refuseOption({ path, value: name, expected: 'a job that is not in the list already' })
    seen.add(name)
  }
}
