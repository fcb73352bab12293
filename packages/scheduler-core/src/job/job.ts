import type { MisfirePolicy, OrphanPolicy, OverlapPolicy } from '../policy/policies.ts'
import type { ExclusionCalendar } from '../schedule/exclusion-calendar.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { RunContext } from './run-context.ts'

export type JobHandler<S> = (context: RunContext<S>) => unknown

/** A named definition: a schedule, policies and a handler. `S` is the session type of the scheduler's provider. */
export interface JobOptions<S = unknown> {
  /** `^[a-z0-9][a-z0-9._:-]{0,63}$`, unique in its scheduler. */
  readonly name: string
  readonly schedule: Schedule
  /** Does the work. Its promise's outcome is the run's outcome; what it resolves with is ignored. */
  readonly handler: JobHandler<S>
  /** A run that takes longer is settled as `timed_out` and its signal aborts (default 5 minutes; `null` for no limit). */
  readonly timeoutMs?: number | null
  /** How late a due time may still start (default one period, at most 1 h). */
  readonly misfireGraceMs?: number
  /** Default `run-latest`. */
  readonly misfirePolicy?: MisfirePolicy
  /** Default `skip`. */
  readonly overlapPolicy?: OverlapPolicy
  /**
   * What becomes of a run whose process died (default `fail`). With `rerun` it is also run again, up to
   * `retry.maxAttempts`, unless job or scheduler is paused or stopped when it is found.
   */
  readonly onOrphan?: OrphanPolicy
  /** Who goes first where jobs compete for concurrency: higher before lower (default 0). */
  readonly priority?: number
  readonly retry?: RetryOptions
  /**
   * Due times that one of these calendars excludes are recorded as skipped, with the reason `excluded`, and do not run
   * (default none). A calendar is asked often and must answer the same each time; one that throws excludes nothing.
   */
  readonly exclude?: readonly ExclusionCalendar[]
  /**
   * A due time starts up to this much later, each by another, reproducible amount and none beyond the next due time,
   * so that many jobs due at one moment are pulled apart (default 0). `misfireGraceMs` counts from that later
   * moment, lateness from the due time.
   */
  readonly jitterMs?: number
}

/** Retries of one run: a failed attempt is tried again after a growing, jittered wait. */
export interface RetryOptions {
  /** Tries in all, the first included (default 1: no retry). */
  readonly maxAttempts?: number
  /** The wait before the second try (default 1,000). */
  readonly backoffMs?: number
  /** No wait is longer (default 60,000). */
  readonly maxBackoffMs?: number
  /** Whether an error is worth another try (default: every error except a `SchedulerError` that says it is not retryable). */
  readonly retryable?: (error: unknown) => boolean
}

/** A job without what it does: all that planning looks at. */
export type JobPolicies = Omit<Job, 'handler'>

/** A checked job with every default filled in; frozen. */
export interface Job<S = unknown> {
  readonly name: string
  readonly schedule: Schedule
  readonly handler: JobHandler<S>
  readonly timeoutMs: number | null
  readonly misfireGraceMs: number
  readonly misfirePolicy: MisfirePolicy
  readonly overlapPolicy: OverlapPolicy
  readonly onOrphan: OrphanPolicy
  readonly priority: number
  readonly retry: Required<RetryOptions>
  readonly exclude: readonly ExclusionCalendar[]
  readonly jitterMs: number
}
