import type { JobPolicies } from '../job/job.ts'
import type { PoliciesReading } from '../reading/snapshot.ts'
import type { Configuration, JobSettings } from '../state/configuration.ts'
import { deepFreeze } from './deep-freeze.ts'
import type { ConfiguredJob } from './read-jobs.ts'
import { toPolicies } from './to-policies.ts'

export interface ConfiguredJobs {
  /** All jobs that are defined, made anew when one of them has changed. */
  all(): readonly ConfiguredJob[]
  retiredAs(job: string): ConfiguredJob
}

/** Every snapshot has the settings of all jobs, which hardly ever change, so they are made once. */
export function createConfiguredJobs(
  configuration: Pick<Configuration<never>, 'revision' | 'settings' | 'retiredAs'>,
): ConfiguredJobs {
  const readings = new WeakMap<JobPolicies, PoliciesReading>()
  let known: { readonly revision: number; readonly jobs: readonly ConfiguredJob[] } | null = null

  function policiesOf(job: JobPolicies): PoliciesReading {
    const reading = readings.get(job) ?? toPolicies(job)
    readings.set(job, reading)
    return reading
  }

  function configured({ job, defined, override }: JobSettings): ConfiguredJob {
    for (const part of [job.tags, job.takes, job.schedule]) deepFreeze(part)
    return { job, policies: policiesOf(job), defaults: policiesOf(defined), override }
  }

  return {
    all() {
      const { revision } = configuration
      if (known?.revision !== revision) known = { revision, jobs: configuration.settings().map(configured) }
      return known.jobs
    },
    retiredAs: (job) => configured(configuration.retiredAs(job)),
  }
}
