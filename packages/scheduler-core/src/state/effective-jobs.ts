import { isRecord, type JobConfig, partOf } from '../control/config.ts'
import { readJobConfig } from '../control/read-config.ts'
import { effectivePolicies } from '../job/effective-policies.ts'
import type { JobPolicies } from '../job/job.ts'

/** Some jobs as they are in effect: their definitions with the settings made at run time. */
export interface EffectiveJobs<J extends JobPolicies> {
  /** Without the settings. */
  readonly defined: ReadonlyMap<string, J>
  /** The map object stays the same; its values are replaced when they change. */
  readonly jobs: ReadonlyMap<string, J>
  /** The settings of a job; empty for most. */
  overrideOf(job: string): JobConfig
  /** Takes over the settings as they are now, of all jobs that have or had some. Returns the jobs that are others now. */
  refresh(config: unknown): readonly string[]
  /** Takes over the definitions of these jobs, with their settings. Returns the jobs that are others now. */
  redefine(names: Iterable<string>, config: unknown): readonly string[]
  /** The paths of invalid settings. */
  readonly corrupt: readonly string[]
}

export function createEffectiveJobs<J extends JobPolicies>(defined: ReadonlyMap<string, J>): EffectiveJobs<J> {
  const jobs = new Map(defined)
  const overrides = new Map<string, Override<J>>()

  /**
   * Keeps a job's object while nothing about it changes, so that its schedule is parsed once and callers can compare
   * objects.
   */
  function effectOf(job: J, stored: unknown): J {
    if (stored === undefined) {
      overrides.delete(job.name)
      return job
    }
    const text = JSON.stringify(stored)
    const known = overrides.get(job.name)
    if (known?.text === text && known.of === job) return known.effective
    const { value, corrupt } = readJobConfig(stored)
    const paths = corrupt.map((setting) => ['jobs', job.name, setting].filter((part) => part !== '').join('.'))
    const effective = effectivePolicies(job, value)
    overrides.set(job.name, { of: job, text, value, effective, corrupt: paths })
    return effective
  }

  /** Returns whether it is another now. */
  function update(name: string, stored: unknown): boolean {
    const job = defined.get(name)
    if (!job) {
      overrides.delete(name)
      return jobs.delete(name)
    }
    const effective = effectOf(job, partOf(stored, name))
    if (jobs.get(name) === effective) return false
    jobs.set(name, effective)
    return true
  }

  function redefine(names: Iterable<string>, config: unknown): readonly string[] {
    const stored = partOf(config, 'jobs')
    return [...names].filter((name) => update(name, stored))
  }

  return {
    defined,
    jobs,
    overrideOf: (name) => overrides.get(name)?.value ?? NOTHING,
    redefine,
    refresh(config) {
      const stored = partOf(config, 'jobs')
      return redefine(new Set([...overrides.keys(), ...(isRecord(stored) ? Object.keys(stored) : [])]), config)
    },
    get corrupt() {
      return [...overrides.values()].flatMap(({ corrupt }) => corrupt)
    },
  }
}

interface Override<J> {
  readonly of: J
  readonly text: string
  readonly value: JobConfig
  readonly effective: J
  readonly corrupt: readonly string[]
}

const NOTHING: JobConfig = Object.freeze({})
