import type { CheckedJobPolicies, PartialJobPolicies, PartialRetryPolicies } from '../policy/policies.ts'
import type { ExclusionCalendar } from '../schedule/exclusion-calendar.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { RunContext } from './run-context.ts'

export type JobHandler<S> = (context: RunContext<S>) => unknown

/**
 * A named definition: a schedule, policies and a handler. `S` is the session type. The reference of policies lists the
 * accepted values.
 */
export interface JobOptions<S = unknown> extends PartialJobPolicies {
  /** `^[a-z0-9][a-z0-9._:-]{0,63}$`, unique in its scheduler. */
  readonly name: string
  /** When the job is due, as `every`, `cron` or `once` make it. */
  readonly schedule: Schedule
  /** Does the work. The run succeeds when its promise resolves and fails when it rejects; the value is ignored. */
  readonly handler: JobHandler<S>
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
  /** Whether an error is worth another try (default: all but a `SchedulerError` that says it is not retryable). */
  readonly retryable?: (error: unknown) => boolean
}

/** A job without its handler: everything that planning needs. */
export type JobPolicies = Omit<Job, 'handler'>

/** A checked job with every default filled in; frozen. */
export interface Job<S = unknown> extends CheckedJobPolicies {
  readonly name: string
  readonly schedule: Schedule
  readonly handler: JobHandler<S>
  readonly retry: Required<RetryOptions>
  readonly exclude: readonly ExclusionCalendar[]
}
