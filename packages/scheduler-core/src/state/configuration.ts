import { isRecord, type JobConfig, partOf } from '../control/config.ts'
import type { ControlState } from '../control/control.ts'
import { invalidPauses } from '../control/pauses.ts'
import { readConcurrency, readJobConfig, readSwitchedOff } from '../control/read-config.ts'
import { effectivePolicies } from '../job/effective-policies.ts'
import type { Job } from '../job/job.ts'
import type { Logger } from '../ports/logger.ts'

/** The configuration in effect on this instance: the code's with the settings made at run time. */
export interface Configuration<S> {
  /** The jobs in effect. The map object stays the same; its values are replaced when they change. */
  readonly jobs: ReadonlyMap<string, Job<S>>
  readonly concurrency: number
  /** Grows with every change that takes effect. */
  readonly revision: number
  /** Machine codes of the problems with the stored settings; empty when all are valid. */
  readonly reasons: readonly string[]
  /** The job as it would be under the given control state. */
  jobUnder(control: ControlState, job: string): Job<S> | undefined
  /** For every job: the one in effect, the one in the code, and the settings. */
  settings(): readonly JobSettings<S>[]
  /** Whether an operator has switched this provider off. */
  isSwitchedOff(provider: string): boolean
  /** Takes over the settings of a control state, unless a newer one is known. */
  adopt(control: ControlState): void
}

export interface JobSettings<S> {
  readonly job: Job<S>
  readonly defined: Job<S>
  readonly override: JobConfig
}

export interface ConfigurationOptions<S> {
  /** The jobs in the code. */
  readonly jobs: ReadonlyMap<string, Job<S>>
  readonly concurrency: number
  readonly logger: Logger
}

export function createConfiguration<S>(options: ConfigurationOptions<S>): Configuration<S> {
  const jobs = new Map(options.jobs)
  const overrides = new Map<string, Override<S>>()
  let { concurrency } = options
  let switchedOff: ReadonlySet<string> = new Set()
  let corrupt: readonly string[] = []
  let version = -1
  let revision = 0

  /**
   * Keeps a job's object while nothing about it changes, so that its schedule is parsed once and callers can compare
   * objects.
   */
  function adoptJob(job: Job<S>, stored: unknown): readonly string[] {
    if (stored === undefined) {
      if (!overrides.delete(job.name)) return []
      jobs.set(job.name, job)
      revision++
      return []
    }
    const text = JSON.stringify(stored)
    const known = overrides.get(job.name)
    if (known?.text === text) return known.corrupt
    const { value, corrupt } = readJobConfig(stored)
    const paths = corrupt.map((setting) => ['jobs', job.name, setting].filter((part) => part !== '').join('.'))
    const effective = effectivePolicies(job, value)
    overrides.set(job.name, { text, value, effective, corrupt: paths })
    jobs.set(job.name, effective)
    revision++
    return paths
  }

  return {
    jobs,
    get concurrency() {
      return concurrency
    },
    get revision() {
      return revision
    },
    get reasons() {
      return corrupt.length > 0 ? ['CONFIGURATION_CORRUPT'] : []
    },
    jobUnder(control, name) {
      const job = options.jobs.get(name)
      return job && effectivePolicies(job, readJobConfig(storedFor(control, name)).value)
    },
    settings: () =>
      [...options.jobs.values()].map((defined) => {
        const set = overrides.get(defined.name)
        return { defined, job: set?.effective ?? defined, override: set?.value ?? NOTHING }
      }),
    isSwitchedOff: (provider) => switchedOff.has(provider),
    adopt(control) {
      if (control.version <= version) return
      version = control.version
      const stored: unknown = control.config
      const limit = readConcurrency(stored)
      const off = readSwitchedOff(stored)
      if (concurrency !== (limit.value ?? options.concurrency)) revision++
      concurrency = limit.value ?? options.concurrency
      switchedOff = off.value
      corrupt = [
        ...(isRecord(stored) ? [] : ['everything']),
        ...(isRecord(partOf(stored, 'jobs') ?? {}) ? [] : ['jobs']),
        ...invalidPauses(control),
        ...limit.corrupt,
        ...off.corrupt,
        ...[...options.jobs.values()].flatMap((job) => adoptJob(job, storedFor(control, job.name))),
      ].sort()
      if (corrupt.length > 0) {
        const message =
          'The stored configuration holds settings that cannot be; they are ignored until they are set anew'
        options.logger.error({ settings: corrupt, version }, message)
      }
    },
  }
}

function storedFor({ config }: ControlState, job: string): unknown {
  return partOf(partOf(config, 'jobs'), job)
}

interface Override<S> {
  readonly text: string
  readonly value: JobConfig
  readonly effective: Job<S>
  readonly corrupt: readonly string[]
}

const NOTHING: JobConfig = Object.freeze({})
