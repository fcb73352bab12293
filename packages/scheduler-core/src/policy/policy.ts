/**
 * What a policy is, as data. Everything that checks, stores, shows or documents a policy reads this and nothing else, and
 * the types of jobs, overrides and readings follow from it.
 */
export type Policy = NumberPolicy | WordPolicy

/** A table of policies by their names, such as `JOB_POLICIES`. */
export type PolicyTable = Readonly<Record<string, Policy>>

/** A whole number from `min` to `max`. */
export interface NumberPolicy<N extends string | null = string | null, R extends Reach = Reach> extends Described<R> {
  readonly kind: 'number'
  /** What it counts; `null` for a bare number. */
  readonly unit: 'ms' | 'attempts' | null
  readonly min: number
  readonly max: number
  /** What `null` means where the code says it, such as `no limit`; `null` when the policy cannot be `null`. */
  readonly nullMeans: N
  readonly default: number | OnePeriod
}

/** One word of a list. */
export interface WordPolicy<W extends string = string, R extends Reach = Reach> extends Described<R> {
  readonly kind: 'word'
  /** Every word, with what a job does that has it. */
  readonly words: Readonly<Record<W, string>>
  readonly default: W
}

/** A default that follows the job's schedule: one period, but no more than this; this, when nothing comes back. */
export interface OnePeriod {
  readonly onePeriodAtMostMs: number
}

/**
 * Who has to do with a policy: `operators` can set it at run time, `readers` see it in the snapshot and over HTTP,
 * `code` has it to itself. Operators see what they can set.
 */
export type Reach = 'code' | 'readers' | 'operators'

interface Described<R extends Reach> {
  /** What it does, in sentences. */
  readonly help: string
  readonly reach: R
}

/** What a checked job has of a policy. */
export type ValueOf<P> =
  P extends WordPolicy<infer W>
    ? W
    : P extends NumberPolicy<infer N>
      ? N extends null
        ? number
        : number | null
      : never

/** What can be set of a policy at run time, where `null` takes back what was set. */
export type SettingOf<P> = NonNullable<ValueOf<P>>

// Each of these keeps the comments of the table: an editor shows them at the fields of a job.

/** A value for every policy of a table. */
export type PolicyValues<T> = { readonly [K in keyof T]: ValueOf<T[K]> }

/** Values for some policies; a default takes the place of each that is left out. */
export type PolicyOptions<T> = { readonly [K in keyof T]?: ValueOf<T[K]> }

/** What was set at run time. */
export type PolicySettings<T> = { readonly [K in keyof T]?: SettingOf<T[K]> }

/** A change of what is set: what is left out stays as it is, `null` takes it back. */
export type PolicyPatch<T> = { readonly [K in keyof T]?: SettingOf<T[K]> | null }

/** The policies of a table that readers see. */
export type Shown<T> = { readonly [K in keyof T as T[K] extends { reach: 'code' } ? never : K]: T[K] }

/** The policies of a table that operators can set at run time. */
export type Settable<T> = { readonly [K in keyof T as T[K] extends { reach: 'operators' } ? K : never]: T[K] }

/** The words that a policy may be, in the order of the table. */
export function wordsOf<W extends string>({ words }: WordPolicy<W>): readonly W[] {
  return Object.keys(words) as W[]
}

/** What `null` means for a policy; `null` where the policy cannot be `null`. */
export function nullMeaning(policy: Policy): string | null {
  return policy.kind === 'number' ? policy.nullMeans : null
}
