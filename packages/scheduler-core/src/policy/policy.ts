/**
 * A policy described as data. All code that checks, stores, shows or documents a policy reads only this, and the types
 * of jobs, settings and readings follow from it.
 */
export type Policy = NumberPolicy | WordPolicy | NamePolicy

/** A table of policies by their names, such as `JOB_POLICIES`. */
export type PolicyTable = Readonly<Record<string, Policy>>

/** A whole number from `min` to `max`. */
export interface NumberPolicy<N extends string | null = string | null, R extends Reach = Reach> extends Described<R> {
  readonly kind: 'number'
  /** The unit of the number; `null` when it has none. */
  readonly unit: 'ms' | 'attempts' | null
  readonly min: number
  readonly max: number
  /** The meaning of `null` in a job's options, such as `no limit`; `null` when the policy cannot be `null`. */
  readonly nullMeans: N
  /** `null` only where the policy can be `null`. */
  readonly default: number | OnePeriod | (N extends null ? never : null)
}

/** One word of a list. */
export interface WordPolicy<W extends string = string, R extends Reach = Reach> extends Described<R> {
  readonly kind: 'word'
  /** The accepted words, each with its effect on a job. */
  readonly words: Readonly<Record<W, string>>
  readonly default: W
}

/** A name of the host's choice, with the form of a job's name. */
export interface NamePolicy<R extends Reach = Reach> extends Described<R> {
  readonly kind: 'name'
  readonly default: string
}

/**
 * A default that follows the job's schedule: one period, but at most this many milliseconds; exactly this many for a
 * schedule without a period.
 */
export interface OnePeriod {
  readonly onePeriodAtMostMs: number
}

/**
 * Who can set and see a policy beside the code. `operators` can set it at run time and see it; `readers` see it in the
 * snapshot and over HTTP; `code` shows it to nobody.
 */
export type Reach = 'code' | 'readers' | 'operators'

interface Described<R extends Reach> {
  /** What the policy does, in full sentences. */
  readonly help: string
  readonly reach: R
}

/** The type of a policy's value in a checked job. */
export type ValueOf<P> = P extends NamePolicy
  ? string
  : P extends WordPolicy<infer W>
    ? W
    : P extends NumberPolicy<infer N>
      ? N extends null
        ? number
        : number | null
      : never

/** The type of a policy's value when operators set it, without `null`, which takes the setting back. */
export type SettingOf<P> = NonNullable<ValueOf<P>>

// The mapped types below keep the comments of the table, so that editors show them at the fields of a job.

/** A value for every policy of a table. */
export type PolicyValues<T> = { readonly [K in keyof T]: ValueOf<T[K]> }

/** Values for some policies; the others get their defaults. */
export type PolicyOptions<T> = { readonly [K in keyof T]?: ValueOf<T[K]> }

/** The policies that operators have set at run time. */
export type PolicySettings<T> = { readonly [K in keyof T]?: SettingOf<T[K]> }

/** A change of the settings: a policy that is left out stays as it is, `null` takes its setting back. */
export type PolicyPatch<T> = { readonly [K in keyof T]?: SettingOf<T[K]> | null }

/** The policies of a table that readers see. */
export type Shown<T> = { readonly [K in keyof T as T[K] extends { reach: 'code' } ? never : K]: T[K] }

/** The policies of a table that operators can set at run time. */
export type Settable<T> = { readonly [K in keyof T as T[K] extends { reach: 'operators' } ? K : never]: T[K] }

/** The words that a policy accepts, in the order of the table. */
export function wordsOf<W extends string>({ words }: WordPolicy<W>): readonly W[] {
  return Object.keys(words) as W[]
}

/** The meaning of `null` for a policy; `null` when the policy cannot be `null`. */
export function nullMeaning(policy: Policy): string | null {
  return policy.kind === 'number' ? policy.nullMeans : null
}

/** Whether a default follows the job's schedule. */
export function isOnePeriod(value: Policy['default']): value is OnePeriod {
  return typeof value === 'object' && value !== null
}
