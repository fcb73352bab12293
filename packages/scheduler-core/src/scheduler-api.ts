import type { EpochMs, Instant } from './clock.ts'
import type { ConfigPatch, JobConfigPatch } from './control/config.ts'
import type { ControlState, LogEntry } from './control/control.ts'
import type { SchedulerEvents } from './events.ts'
import type { RunId } from './ids.ts'
import type { HistoryQuery, MetricHistory } from './metrics/history.ts'
import type { JobAudit } from './plan/audit.ts'
import type { DueTime } from './plan/due-times.ts'
import type { DueTimeExplanation } from './plan/explain.ts'
import type { ForeseenDueTime } from './plan/preview.ts'
import type { UpcomingDueTime } from './plan/upcoming.ts'
import type { Declared } from './ports/declared.ts'
import type { LedgerQuery, LogQuery, ResultPage } from './ports/pages.ts'
import type { ObservedState, SnapshotReading } from './reading/snapshot.ts'
import type { LedgerEntry, Run } from './run/ledger-entry.ts'
import type { CronSchedule, EverySchedule, OnceSchedule } from './schedule/schedule.ts'

/** The author and reason of a command, and the version of the control state that it is based on. */
export interface CommandOptions {
  /** The author, for the control log (default `host`). */
  readonly by?: string
  /** The reason, for the control log (default none). */
  readonly why?: string
  /** Refuses the command with `CONTROL_CONFLICT` when the control state has another version (default any). */
  readonly expectedVersion?: number
  /**
   * Of all commands with the same key and `by` within a day, on any instance, one takes effect and all get its answer.
   * It has 1 to 255 printable ASCII characters. Another request with the same key is refused with `IDEMPOTENCY_KEY_REUSED`
   * (default none: every command takes effect).
   */
  readonly idempotencyKey?: string
}

export interface PauseOptions extends CommandOptions {
  /** When the pause ends by itself (default never). */
  readonly until?: Instant
}

/** The instants in `[from, to)`. */
export interface TimeRange {
  /** The first instant of the range. */
  readonly from: Instant
  /** The first instant after the range. */
  readonly to: Instant
}

/** What to foresee of a job. */
export interface PreviewOptions {
  /** The first instant (default now). */
  readonly from?: Instant
  /** In place of the job's schedule, as if it took effect now (default the job's). It is checked as by `configureJob`. */
  readonly schedule?: ScheduleInput
}

/** What a backfill would run. */
export interface BackfillPreview {
  /** The due times that would run, oldest first. */
  readonly dueTimes: readonly EpochMs[]
  /** What `backfillJob` would answer: it queues these, and those that are passed over when their turn comes. */
  readonly queued: number
  /** How many due times of the range would not run, by the reason. */
  readonly left: {
    /** Their own run, or a rerun of it, succeeded. */
    readonly succeeded: number
    /** Their own run is under way. */
    readonly running: number
    /** They were backfilled before, which happens once, whatever came of it. */
    readonly backfilled: number
    /** A calendar excludes them. */
    readonly excluded: number
    /** The schedule itself still decides about them. */
    readonly undecided: number
  }
}

/** What to audit. */
export interface AuditQuery extends TimeRange {
  /** Only this job (default all). */
  readonly job?: string
}

/** Which due times of a job to list: those in `[from, to)`, past and future. */
export interface DueTimesQuery extends TimeRange {
  /** The most due times in the page, from 1 to 2,000 (default 500). */
  readonly limit?: number
  /** The `nextCursor` of the page before (default the first page). */
  readonly cursor?: string
}

/** A page of a job's due times. */
export interface DueTimesPage {
  /** Oldest first, each due time once. Fewer than `limit` do not mean that it is the last page. */
  readonly items: readonly DueTime[]
  /** The `cursor` of the next page; `null` at the end. */
  readonly nextCursor: string | null
  /**
   * The manual runs that began in the whole range, latest first, at most 200. Only the first page has them.
   */
  readonly manual: readonly Run[]
  /** False when there may be more manual runs than `manual` has. */
  readonly manualComplete: boolean
}

/** Which runs to list (default all). */
export interface RunsQuery extends Partial<Omit<LedgerQuery, 'scheduler' | 'from' | 'to'>> {
  /**
   * The first due time (default the oldest that is kept). `from` and `to` leave manual runs out: they have no due time.
   */
  readonly from?: Instant
  /** The first instant after the range (default none). */
  readonly to?: Instant
}

export interface BackfillOptions extends CommandOptions, TimeRange {}

/** What a command produced. */
export interface CommandResult {
  readonly state: ObservedState
  /** False when the command changed nothing. It is not logged then. */
  readonly changed: boolean
  readonly control: ControlState
  /** This is the answer to an earlier command with the same key; nothing was done now. */
  readonly replayed: boolean
}

/** A run that was claimed. */
export interface RunJobResult extends CommandResult {
  readonly runId: RunId
}

export interface BackfillResult extends CommandResult {
  /** How many due times wait for their turn. */
  readonly queued: number
}

/** The settings to change for a job. One that is left out stays; `null` removes what was set. */
export type JobConfigInput = Omit<JobConfigPatch, 'schedule'> & { readonly schedule?: ScheduleInput | null }

/**
 * A schedule of `every`, `cron` or `once`, or the same as plain data. An interval without an anchor keeps that of the
 * job's own interval.
 */
export type ScheduleInput =
  | (Omit<EverySchedule, 'anchorAt'> & { readonly anchorAt?: Instant })
  | (Omit<CronSchedule, 'timezone'> & Partial<Pick<CronSchedule, 'timezone'>>)
  | (Omit<OnceSchedule, 'at'> & { readonly at: Instant })

export interface SnapshotOptions {
  /**
   * The age up to which a shared snapshot may be served (default 1,000 ms; 0 takes a new one), unless it began before
   * the last command on this scheduler.
   */
  readonly maxAgeMs?: number
}

/**
 * Runs jobs on their schedules. `open` and `close` belong to the host process. `start`, `stop`, `pause` and `resume`
 * are the operators' commands: persisted, logged, and valid for every instance that shares the store.
 */
export interface Scheduler extends Declared {
  readonly name: string
  readonly state: ObservedState
  readonly jobNames: readonly string[]

  /** True from the end of `open` until `close` is called. */
  readonly isOpen: boolean

  /**
   * Registers the jobs and runs them, unless an operator has stopped or paused the scheduler. The process stays alive
   * until `close` has finished, unless `keepAlive` is false. Idempotent. When it rejects, nothing is open or held.
   */
  open(): Promise<void>
  /**
   * Drains: starts no more runs, waits up to `graceMs` (default 10,000) for running ones, then aborts and settles the
   * rest as cancelled. After it resolves, the scheduler writes nothing and holds no handle of the process. Idempotent;
   * resolves within `graceMs` + 500 ms, even when the store, a handler or the logger hangs.
   *
   * Await it before you destroy the source of the sessions, such as a `DataSource`. Runs whose outcome can no longer be
   * written become orphaned once their leases end.
   */
  close(options?: { readonly graceMs?: number }): Promise<void>

  /** Makes the scheduler run, whether it was stopped or paused. */
  start(options?: CommandOptions): Promise<CommandResult>
  /**
   * Starts no more runs until `start`. Runs under way get `graceMs`, then are cancelled. Due times meanwhile are
   * missed.
   */
  stop(options?: CommandOptions): Promise<CommandResult>
  /** Starts no more runs until `resume` or `until`. Runs under way go on. Due times meanwhile are suppressed. */
  pause(options?: PauseOptions): Promise<CommandResult>
  /** Ends a pause and nothing else. Throws `SCHEDULER_NOT_RUNNING` when the scheduler is stopped. */
  resume(options?: CommandOptions): Promise<CommandResult>
  pauseJob(job: string, options?: PauseOptions): Promise<CommandResult>
  resumeJob(job: string, options?: CommandOptions): Promise<CommandResult>
  /** Runs a job now, beside its schedule. Resolves when the run is claimed, not when it ends. */
  runJob(job: string, options?: CommandOptions): Promise<RunJobResult>
  /** Asks the owner of a run to abort it. The run is then settled as `cancelled`. */
  cancelRun(runId: RunId, options?: CommandOptions): Promise<CommandResult>

  /**
   * Sets how many runs one instance executes at a time, and which providers are off. Persisted and logged; in effect
   * here at once, on other instances within their `watchMs`. Throws `INVALID_OPTIONS`, and then changes nothing.
   */
  configure(patch: ConfigPatch, options?: CommandOptions): Promise<CommandResult>
  /**
   * Sets a job's schedule and policies, with the same guarantees as `configure`. Runs under way keep their policies.
   * When the schedule changes, the old one's due times up to now are accounted for, and the new one counts from now.
   */
  configureJob(job: string, patch: JobConfigInput, options?: CommandOptions): Promise<CommandResult>
  /** What operators have asked of the scheduler, as the store has it now. */
  control(): Promise<ControlState>
  /** Whether the host enables this provider and no operator has switched it off, as far as this instance knows. */
  isProviderEnabled(name: string): boolean

  /**
   * Runs past due times in `[from, to)` beside the schedule: those that no calendar excludes and whose own run did not
   * succeed. Resolves with the number that now wait. They are claimed one after another as overlap policy and
   * concurrency leave room, each at most once, however often it is asked for. They are forgotten when this process ends
   * or the scheduler is stopped; asking again continues. Throws `INVALID_OPTIONS` for future due times and for more
   * than 1,000.
   */
  backfillJob(job: string, options: BackfillOptions): Promise<BackfillResult>

  /**
   * The next `n` (1 to 1,000) due times, and what becomes of each without further commands. It cannot foresee an
   * overlap with a long run.
   */
  preview(job: string, n: number, options?: PreviewOptions): Promise<readonly ForeseenDueTime[]>
  /** The next `n` (1 to 1,000) due times that have not started, of all jobs together. Of those at one instant, any go first. */
  upcoming(n: number): Promise<readonly UpcomingDueTime[]>
  /** What `backfillJob` would run of a range, by the same plan. Changes nothing, and refuses the same ranges. */
  previewBackfill(job: string, range: TimeRange): Promise<BackfillPreview>
  /** Explains an instant for a job: no due time, or what became of it and why, or what would. */
  explain(job: string, at: Instant): Promise<DueTimeExplanation>
  /**
   * Every due time of a job in `[from, to)`, past and future, with what became of it or will, page by page. The time of a
   * page grows with its due times and their runs, not with the range. It judges as `explain` and `audit` do.
   */
  dueTimes(job: string, query: DueTimesQuery): Promise<DueTimesPage>
  /**
   * Compares every job's due times in `[from, to)` with the ledger: all are accounted for when none is `unexplained`.
   * Its time grows with the number of entries. Of a schedule that was changed in the code it knows the present form
   * only; changes at run time are known. Throws `JOB_NOT_FOUND` for a `job` that is none.
   */
  audit(query: AuditQuery): Promise<readonly JobAudit[]>

  /** The present snapshot. While the store cannot be reached: the last one, marked stale. */
  snapshot(options?: SnapshotOptions): Promise<SnapshotReading>
  /**
   * The history of a metric: one value per step of a range, from the stored aggregates. Steps before the retention,
   * before counting began or in the future are `null`. Throws `INVALID_OPTIONS` for more than 2,000 steps or a range
   * not on whole minutes, `JOB_NOT_FOUND` for an unknown job.
   */
  history(query: HistoryQuery): Promise<MetricHistory>
  /**
   * A page of the runs, and of the due times that did not run, latest first (default 50). Pass `nextCursor` as `cursor`
   * for the next page.
   */
  listRuns(query?: RunsQuery): Promise<ResultPage<LedgerEntry>>
  /** A page of the operators' commands, latest first (default 50 of them). */
  listLog(query?: Partial<Omit<LogQuery, 'scheduler'>>): Promise<ResultPage<LogEntry>>

  /** Calls `listener` at every event of this name. Returns a function that removes it. */
  on<E extends keyof SchedulerEvents>(event: E, listener: (event: SchedulerEvents[E]) => void): () => void
  /**
   * Wakes the tick loop. Resolves with true when it completes a round within half a second, or has been in one for less
   * than a minute, for example because the store is slow. True while the scheduler is not open.
   */
  isTicking(): Promise<boolean>
  /** Resolves when no run of this instance is under way and no outcome waits to be written. */
  whenIdle(): Promise<void>
}
