import type * as z from 'zod'

import type { CheckedJobPolicies, PartialJobPolicies, PartialRetryPolicies } from '../policy/policies.ts'
import type { ExclusionCalendar } from '../schedule/exclusion-calendar.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { JobAbout, JobAboutOptions } from './about.ts'
import type { JsonSchema } from './json-schema.ts'
import type { RunContext } from './run-context.ts'

export type JobHandler<S, I = unknown> = (context: RunContext<S, I>) => unknown

/**
 * A named definition: a schedule, policies and a handler. `S` is the session type, `I` what the handler gets as its
 * input. The reference of policies lists the accepted values.
 */
export interface JobOptions<S = unknown, I = unknown> extends PartialJobPolicies, JobAboutOptions {
  /** `^[a-z0-9][a-z0-9._:-]{0,63}$`, unique in its scheduler. */
  readonly name: string
  /**
   * The names that the job had before, at most 10 (default none). It takes over everything of the first of them that the
   * store has. Instances that still have an old name act for the same job: a due time runs once, under either name.
   */
  readonly formerly?: readonly string[]
  /**
   * When the job is due, as `every`, `cron` or `once` make it. `null`: never; it runs when somebody or some code asks,
   * is never overdue, and an audit expects nothing of it.
   */
  readonly schedule: Schedule | null
  /**
   * Whether the job also runs once when a scheduler registers it in the store for the first time (default false). Of
   * many instances one runs it, and none at a later start. It does not run when the scheduler is paused or stopped then.
   */
  readonly runOnFirstOpen?: boolean
  /** Does the work. The run succeeds when its promise resolves and fails when it rejects; the value is ignored. */
  readonly handler: JobHandler<S, I>
  /**
   * A zod schema of what a run is given: checked when it is asked for, in the ledger without its secrets, and `ctx.input`
   * in the handler (default: the job takes no input). The runs of a schedule have no input, so the schema of a job with
   * one accepts nothing or `{}`, as all fields with defaults do.
   */
  readonly input?: z.ZodType<I> | null
  /** Whether and when a failed attempt is tried again (default no retry). */
  readonly retry?: RetryOptions
  /**
   * Due times that one of these calendars excludes are recorded as skipped with the reason `excluded` (default none). A
   * calendar must answer the same each time; one that throws excludes nothing.
   */
  readonly exclude?: readonly ExclusionCalendar[]
}

/** Retries of one run: a failed attempt is tried again after a growing, jittered wait. */
export interface RetryOptions extends PartialRetryPolicies {
  /**
   * Whether an error is worth another try (default: all but a `SchedulerError` that says it is not retryable). When this
   * throws, that is logged and nothing is tried again.
   */
  readonly retryable?: (error: unknown) => boolean
}

/** What planning needs of a job. */
export type JobPolicies = Omit<Job, 'handler' | 'input' | 'takes' | 'runOnFirstOpen' | 'formerly' | keyof JobAbout>

/** The options of any job, whatever its input. */
export type AnyJobOptions<S = unknown> = Omit<JobOptions<S, never>, 'input'> & {
  /** A zod schema of what a run is given (default: the job takes no input). */
  readonly input?: z.ZodType | null
}

/** What the input of a job is. */
export interface InputTerms {
  /** A JSON Schema; `writeOnly` marks what is secret. */
  readonly schema: JsonSchema
  /** Whether a run needs one. */
  readonly isRequired: boolean
}

/** A job as far as other instances can know it. */
export type DescribedJob = Omit<Job, 'handler' | 'input' | 'runOnFirstOpen' | 'formerly'>

/** A checked job with every default filled in; frozen. */
export interface Job<S = unknown, I = never> extends CheckedJobPolicies, JobAbout {
  readonly name: string
  readonly formerly: readonly string[]
  /** `{ kind: 'on-demand' }` of a job without due times. */
  readonly schedule: Schedule
  readonly runOnFirstOpen: boolean
  readonly handler: JobHandler<S, I>
  readonly input: z.ZodType | null
  /** What its input is; `null` when it takes none. */
  readonly takes: InputTerms | null
  readonly retry: Required<RetryOptions>
  readonly exclude: readonly ExclusionCalendar[]
}
