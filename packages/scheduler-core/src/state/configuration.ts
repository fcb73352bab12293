import { type JobConfig, partOf } from '../control/config.ts'
import type { ControlState } from '../control/control.ts'
import { readJobConfig } from '../control/read-config.ts'
import { jobUnknown } from '../job/definitions.ts'
import { effectivePolicies } from '../job/effective-policies.ts'
import type { DescribedJob, Job, JobPolicies } from '../job/job.ts'
import type { JobTemplate } from '../job/job-template.ts'
import type { DefinitionSpan } from '../ports/definitions.ts'
import type { Logger } from '../ports/logger.ts'
import { createDefinitions, type Definitions } from './definitions.ts'
import { createEffectiveJobs, type EffectiveJobs } from './effective-jobs.ts'
import { createStoredSettings } from './stored-settings.ts'
import { createTightLimitWarning } from './tight-limit-warning.ts'

/** The configuration in effect on this instance: the definitions in effect with the settings made at run time. */
export interface Configuration<S> {
  /**
   * The jobs in effect that this instance acts for. The map object stays the same; its values are replaced when they
   * change.
   */
  readonly jobs: ReadonlyMap<string, Job<S>>
  /** The jobs in effect that only other instances act for. Like `jobs`. */
  readonly elsewhere: ReadonlyMap<string, DescribedJob>
  readonly definitions: Omit<Definitions<S>, 'adopt' | 'hold' | 'drop'>
  readonly concurrency: number
  /** Grows with every change that takes effect. */
  readonly revision: number
  /** Machine codes of the problems with the stored settings; empty when all are valid. */
  readonly reasons: readonly string[]
  /** A job in effect, whether or not this instance acts for it. */
  policiesOf(job: string): DescribedJob | undefined
  /** A job without the settings made at run time, whether or not this instance acts for it. */
  definedAs(job: string): DescribedJob | undefined
  /** A job that nobody has any more, as it was defined last. */
  retiredAs(job: string): JobSettings
  /** The job as it would be under the given control state, whether or not this instance acts for it. */
  jobUnder(control: ControlState, job: string): JobPolicies | undefined
  /** For every job that is defined, own ones first: the one in effect, its definition, and the settings. */
  settings(): readonly JobSettings[]
  /** Whether an operator has switched this provider off. */
  isSwitchedOff(provider: string): boolean
  /** Takes over the settings of a control state, unless a newer one is known. */
  adopt(control: ControlState): void
  /** Adds a job of this instance, or puts it in the place of the one with its name. */
  hold: Definitions<S>['hold']
  /** Takes a job from this instance. */
  drop: Definitions<S>['drop']
  /** Takes over definitions that began or ended, unless a newer version is known. */
  define(changed: { readonly version: number; readonly spans: readonly DefinitionSpan[] }): void
}

export interface JobSettings {
  readonly job: DescribedJob
  readonly defined: DescribedJob
  readonly override: JobConfig
  /** Whether this instance acts for the job. */
  readonly isHere: boolean
}

export interface ConfigurationOptions<S> {
  /** The jobs in the code. */
  readonly jobs: ReadonlyMap<string, Job<S>>
  /** The templates in the code. */
  readonly templates: ReadonlyMap<string, JobTemplate<S>>
  readonly deployment: string | null
  readonly concurrency: number
  readonly logger: Logger
}

export function createConfiguration<S>(options: ConfigurationOptions<S>): Configuration<S> {
  const definitions = createDefinitions(options)
  const here = createEffectiveJobs<Job<S>>(definitions.here)
  const elsewhere = createEffectiveJobs<DescribedJob>(definitions.elsewhere)
  const settings = createStoredSettings()
  const concurrency = () => settings.concurrency ?? options.concurrency
  let version = -1
  let revision = 0

  const warn = createTightLimitWarning(options.logger)
  for (const job of here.jobs.values()) warn(job)

  const corrupt = () => [...settings.corrupt, ...here.corrupt, ...elsewhere.corrupt]

  function note(ours: readonly string[], others: readonly string[]): void {
    if (ours.length + others.length > 0) revision++
    for (const name of ours) warn(here.jobs.get(name))
  }

  /** Takes over what has become of some jobs. Costs nothing for the others. */
  function redefine(names: readonly string[]): void {
    note(here.redefine(names, settings.config), elsewhere.redefine(names, settings.config))
  }

  function take(control: ControlState): void {
    version = control.version
    const before = concurrency()
    if (!settings.adopt(control)) return
    if (concurrency() !== before) revision++
    note(here.refresh(settings.config), elsewhere.refresh(settings.config))
    const wrong = corrupt().sort()
    if (wrong.length > 0) options.logger.error({ settings: wrong, version }, CORRUPT)
  }

  const definedAs = (name: string) => definitions.here.get(name) ?? definitions.elsewhere.get(name)

  return {
    jobs: here.jobs,
    elsewhere: elsewhere.jobs,
    definitions,
    get concurrency() {
      return concurrency()
    },
    get revision() {
      return revision
    },
    get reasons() {
      return corrupt().length > 0 ? ['CONFIGURATION_CORRUPT'] : []
    },
    policiesOf: (name) => here.jobs.get(name) ?? elsewhere.jobs.get(name),
    definedAs,
    retiredAs(name) {
      const job = definitions.retired.get(name) ?? jobUnknown(name)
      return { job, defined: job, override: NOTHING, isHere: false }
    },
    jobUnder(control, name) {
      const job = definedAs(name)
      return job && effectivePolicies(job, readJobConfig(storedFor(control.config, name)).value)
    },
    settings: () => [...settingsOf(here, { isHere: true }), ...settingsOf(elsewhere, { isHere: false })],
    isSwitchedOff: (provider) => settings.switchedOff.has(provider),
    adopt(control) {
      if (control.version > version) take(control)
    },
    hold(job, key) {
      definitions.hold(job, key)
      redefine([job.name])
    },
    drop(name) {
      definitions.drop(name)
      redefine([name])
    },
    define(changed) {
      if (changed.version <= definitions.version) return
      definitions.adopt(changed)
      redefine(changed.spans.map(({ job }) => job))
    },
  }
}

function settingsOf<J extends DescribedJob>(
  { defined, jobs, overrideOf }: EffectiveJobs<J>,
  { isHere }: { readonly isHere: boolean },
): readonly JobSettings[] {
  return Array.from(defined.values(), (each) => {
    return { defined: each, job: jobs.get(each.name) ?? each, override: overrideOf(each.name), isHere }
  })
}

function storedFor(config: unknown, job: string): unknown {
  return partOf(partOf(config, 'jobs'), job)
}

const NOTHING: JobConfig = Object.freeze({})

const CORRUPT = 'The stored configuration holds settings that cannot be; they are ignored until they are set anew'
