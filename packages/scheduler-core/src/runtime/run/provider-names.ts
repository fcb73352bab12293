import { MAX_PROVIDERS_OF_JOB, MAX_PROVIDERS_OF_RUN } from '../../limits.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import { isProviderName, PROVIDER_NAME } from '../../ports/provider-name.ts'

/**
 * The providers that the runs of each job have named in this process. Each name has totals and buckets of its own in the
 * store, for ever: a job whose handler puts an id or a URL into it would grow what everybody reads.
 */
export interface ProviderNames {
  /**
   * Answers the name of a provider that this run has not named before. Throws `INVALID_OPTIONS` for what is no name, and
   * for one too many in the run (which has `named` so far) or in the job.
   */
  admit(job: string, name: unknown, named: number): string
}

/** `jobs` are those that there are: of others nothing is remembered. */
export function createProviderNames(jobs: Pick<ReadonlyMap<string, unknown>, 'has' | 'size'>): ProviderNames {
  const known = new Map<string, Set<string>>()

  function namesOf(job: string): Set<string> {
    const names = known.get(job) ?? new Set()
    if (!known.has(job)) {
      if (known.size > 2 * jobs.size) for (const other of known.keys()) if (!jobs.has(other)) known.delete(other)
      known.set(job, names)
    }
    return names
  }

  return {
    admit(job, name, named) {
      if (!isProviderName(name)) refuse(name, PROVIDER_NAME)
      if (named >= MAX_PROVIDERS_OF_RUN) refuse(name, `at most ${MAX_PROVIDERS_OF_RUN} different providers in one run`)
      const names = namesOf(job)
      if (names.has(name)) return name
      if (names.size >= MAX_PROVIDERS_OF_JOB) {
        refuse(name, `at most ${MAX_PROVIDERS_OF_JOB} different providers in all runs of a job`)
      }
      names.add(name)
      return name
    },
  }
}

function refuse(value: unknown, expected: string): never {
  refuseOption({ path: 'recordCall.provider', value, expected })
}
