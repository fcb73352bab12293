import { refuseOption } from '../options/refuse-option.ts'
import type { Job } from './job.ts'

type Named = Pick<Job, 'name' | 'formerly'>

/**
 * Refuses a job whose former name another job of this process has or had, and a job with the former name of another.
 * `pathOf` tells the path of the job that is refused.
 */
export function refuseSharedNames(
  job: Named,
  { others, path }: { readonly others: Iterable<Named>; path: string },
): void {
  const own = [job.name, ...job.formerly]
  for (const { name, formerly } of others) {
    if (name === job.name || (formerly.length === 0 && job.formerly.length === 0)) continue
    const index = own.findIndex((each) => each === name || formerly.includes(each))
    if (index < 0) continue
    const at = index === 0 ? 'name' : `formerly[${index - 1}]`
    const expected = `a name that no other job has or had: job "${name}" has or had it`
    refuseOption({ path: `${path}.${at}`, value: own[index], expected })
  }
}
