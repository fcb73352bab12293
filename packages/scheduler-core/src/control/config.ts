import type { SETTABLE } from '../policy/policies.ts'
import type { PolicySettings } from '../policy/policy.ts'
import type { Schedule } from '../schedule/schedule.ts'

/**
 * What operators have set at run time, over what the code says. Part of the control state: persisted, logged, and
 * valid for every instance. What is not in it is as the code says.
 */
export interface SchedulerConfig {
  /** Runs of one instance at a time. */
  readonly concurrency?: number
  readonly jobs: Readonly<Record<string, JobConfig>>
  readonly providers: Readonly<Record<string, ProviderConfig>>
}

/**
 * What was set for one job. A run keeps the policies that it started with. What the code may switch off with `null` can be
 * changed and taken back here, not switched off.
 */
export interface JobConfig extends PolicySettings<typeof SETTABLE.job> {
  readonly schedule?: Schedule
  readonly retry?: RetryConfig
}

export type RetryConfig = PolicySettings<typeof SETTABLE.retry>

export interface ProviderConfig {
  readonly enabled: boolean
}

/** A change: what is left out stays as it is, `null` takes an override back. */
export type Patch<T> = { readonly [K in keyof T]?: T[K] | null }

export type JobConfigPatch = Patch<Omit<JobConfig, 'retry'>> & { readonly retry?: Patch<RetryConfig> | null }

export interface ConfigPatch {
  readonly concurrency?: number | null
  readonly providers?: Readonly<Record<string, ProviderConfig | null>>
}

/** One setting that a command changed, as the control log keeps it. */
export interface ConfigChange {
  /** Such as `concurrency`, `providers.yahoo.enabled`, or, of the entry's job, `schedule` and `retry.maxAttempts`. */
  readonly setting: string
  /** `null` where nothing was set: as the code says. */
  readonly from: ConfigValue | null
  readonly to: ConfigValue | null
}

export type ConfigValue = Schedule | string | number | boolean

/** Nothing was set. */
export const NO_CONFIG: SchedulerConfig = Object.freeze({ jobs: Object.freeze({}), providers: Object.freeze({}) })

/** The configuration after a patch of the scheduler's own settings. Pure, and at ease with whatever was stored. */
export function patchConfig(config: SchedulerConfig, { concurrency, providers = {} }: ConfigPatch): SchedulerConfig {
  return {
    ...(merge(config, concurrency === undefined ? {} : { concurrency }) as Partial<SchedulerConfig>),
    jobs: merge(partOf(config, 'jobs'), {}) as SchedulerConfig['jobs'],
    providers: merge(partOf(config, 'providers'), providers) as SchedulerConfig['providers'],
  }
}

/** The configuration after a patch of one job's. A job of which nothing is left to be set is not in it. */
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

/** The part of something stored, whatever that is, by a name of its own. */
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
