import type { SETTABLE } from '../policy/policies.ts'
import type { PolicySettings } from '../policy/policy.ts'
import type { Schedule } from '../schedule/schedule.ts'

/**
 * The settings that operators have made at run time, over those of the code. Part of the control state: the store keeps
 * and logs them, and every instance follows them. What is not here is as in the code.
 */
export interface SchedulerConfig {
  /** How many runs each instance executes at a time. */
  readonly concurrency?: number
  readonly jobs: Readonly<Record<string, JobConfig>>
  readonly providers: Readonly<Record<string, ProviderConfig>>
}

/**
 * The settings of one job. A run keeps the policies that it started with. `null` takes a setting back: it cannot switch
 * a policy off here.
 */
export interface JobConfig extends PolicySettings<typeof SETTABLE.job> {
  readonly schedule?: Schedule
  readonly retry?: RetryConfig
}

export type RetryConfig = PolicySettings<typeof SETTABLE.retry>

export interface ProviderConfig {
  readonly enabled: boolean
}

/** A change of settings: a field that is left out stays as it is, `null` takes the setting back. */
export type Patch<T> = { readonly [K in keyof T]?: T[K] | null }

export type JobConfigPatch = Patch<Omit<JobConfig, 'retry'>> & { readonly retry?: Patch<RetryConfig> | null }

export interface ConfigPatch {
  readonly concurrency?: number | null
  readonly providers?: Readonly<Record<string, ProviderConfig | null>>
}

/** One setting that a command changed, as the control log keeps it. */
export interface ConfigChange {
  /**
   * Such as `concurrency` or `providers.yahoo.enabled`; in an entry of a job, such as `schedule` or
   * `retry.maxAttempts`.
   */
  readonly setting: string
  /** `null` when nothing was set and the code's value was in effect. */
  readonly from: ConfigValue | null
  readonly to: ConfigValue | null
}

export type ConfigValue = Schedule | string | number | boolean

/** The configuration without any settings. */
export const NO_CONFIG: SchedulerConfig = Object.freeze({ jobs: Object.freeze({}), providers: Object.freeze({}) })

/**
 * The configuration after a patch of the scheduler's own settings. Pure. It never throws, even when the stored
 * configuration is invalid.
 */
export function patchConfig(config: SchedulerConfig, { concurrency, providers = {} }: ConfigPatch): SchedulerConfig {
  return {
    ...(merge(config, concurrency === undefined ? {} : { concurrency }) as Partial<SchedulerConfig>),
    jobs: merge(partOf(config, 'jobs'), {}) as SchedulerConfig['jobs'],
    providers: merge(partOf(config, 'providers'), providers) as SchedulerConfig['providers'],
  }
}

/** The configuration after a patch of one job's settings. A job without any settings is left out. */
export function patchJobConfig(config: SchedulerConfig, job: string, patch: JobConfigPatch): SchedulerConfig {
  const jobs = merge(partOf(config, 'jobs'), {})
  const { retry, ...others } = patch
  const before = Object.hasOwn(jobs, job) ? jobs[job] : {}
  const next = merge(before, others)
  if (retry !== undefined) {
    const retries = retry === null ? {} : merge(partOf(before, 'retry'), retry)
    if (Object.keys(retries).length > 0) next['retry'] = retries
    else delete next['retry']
  }
  const isLeft = Object.keys(next).length > 0
  return { ...patchConfig(config, {}), jobs: merge(jobs, { [job]: isLeft ? next : null }) as SchedulerConfig['jobs'] }
}

/** The settings of a job as they are stored. Readers check them. */
export function jobConfigIn(config: SchedulerConfig, job: string): JobConfig {
  return partOf(partOf(config, 'jobs'), job) ?? {}
}

/** The configuration without the settings of a job. */
export function forgetJobConfig(config: SchedulerConfig, job: string): SchedulerConfig {
  const jobs = merge(partOf(config, 'jobs'), { [job]: null })
  return { ...patchConfig(config, {}), jobs: jobs as SchedulerConfig['jobs'] }
}

/** A stored value's own field of this name; `undefined` when the value is no object. */
export function partOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function merge(base: unknown, patch: object): Record<string, unknown> {
  const entries = new Map(isRecord(base) ? Object.entries(base) : [])
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) entries.delete(name)
    else if (value !== undefined) entries.set(name, value)
  }
  return Object.fromEntries(entries)
}
