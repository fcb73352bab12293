import { MAX_PROVIDERS, MAX_PROVIDERS_OF_JOB, MAX_PROVIDERS_OF_RUN } from '../limits.ts'
import { refuseOption } from '../options/refuse-option.ts'
import { isProviderName, PROVIDER_NAME } from '../ports/provider-name.ts'

/**
 * The providers that the runs of each job have named in this process, and those that the store has totals of. A job whose
 * handler puts an id or a URL into the name would grow what everybody reads.
 */
export interface ProviderNames {
  /**
   * Answers the name of a provider that this run has not named before. Throws `INVALID_OPTIONS` for what is no name, and
   * for one too many: in the run, which has `named` so far, in its job, or in the store.
   */
  admit(job: string, name: unknown, named: number): string
  /** Notes which providers the store has totals of. */
  stored(names: readonly string[]): void
}

export interface ProviderNamesOptions {
  /** Those that there are: of others nothing is remembered for long. */
  readonly jobs: Pick<ReadonlyMap<string, unknown>, 'has' | 'size'>
  /** Whether the host describes a provider of this name: it always finds room in the store. */
  readonly isDescribed: (name: string) => boolean
}

export function createProviderNames({ jobs, isDescribed }: ProviderNamesOptions): ProviderNames {
  const known = new Map<string, Set<string>>()
  let inStore: ReadonlySet<string> = new Set()

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
      if (inStore.size >= MAX_PROVIDERS && !inStore.has(name) && !isDescribed(name)) refuse(name, NO_NEW_ONE)
      names.add(name)
      return name
    },
    stored(names) {
      // No provider leaves the store.
      if (names.length !== inStore.size) inStore = new Set(names)
    },
  }
}

const NO_NEW_ONE = `one that the host describes: the scheduler has calls of ${MAX_PROVIDERS} others already`

function refuse(value: unknown, expected: string): never {
  refuseOption({ path: 'recordCall.provider', value, expected })
}
