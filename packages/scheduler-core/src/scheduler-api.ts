import type { Instant } from './clock.ts'
import type { ConfigPatch, JobConfigPatch } from './control/config.ts'
import type { ControlState, LogEntry } from './control/control.ts'
import type { SchedulerEvents } from './events.ts'
import type { RunId } from './ids.ts'
import type { HistoryQuery, MetricHistory } from './metrics/history.ts'
import type { JobAudit } from './plan/audit.ts'
import type { DueTimeExplanation } from './plan/explain.ts'
import type { ForeseenDueTime } from './plan/preview.ts'
import type { FeedWord } from './ports/feeds.ts'
import type { LedgerQuery, PageQuery, ResultPage } from './ports/pages.ts'
import type { ObservedState, SnapshotReading } from './reading/snapshot.ts'
import type { LedgerEntry } from './run/ledger-entry.ts'
import type { CronSchedule, EverySchedule, OnceSchedule } from './schedule/schedule.ts'

/** Who gives a command, why, and which version of the control state the command is based on. */
export interface CommandOptions {
  /** Who gives the command, for the control log (default `host`). */
  readonly by?: string
  /** The reason, for the control log (default none). */
  readonly why?: string
  /**
   * The version of the control state that the command expects. The scheduler refuses the command with
   * `CONTROL_CONFLICT` when the state has another version (default: any version).
   */
  readonly expectedVersion?: number
  /**
   * A key of 1 to 255 printable ASCII characters. When several commands come with the same key from the same `by`
   * within a day, on any instance, the first one takes effect and all of them get its answer. The scheduler refuses the
   * same key with another request with `IDEMPOTENCY_KEY_REUSED` (default none: every command takes effect).
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

/** Which runs to list (default all). */
export interface RunsQuery extends Partial<Omit<LedgerQuery, 'scheduler' | 'from' | 'to'>> {
  /**
   * The first due time (default the oldest that is kept). Manual runs have no due time: `from` or `to` leaves them out.
   */
  readonly from?: Instant
  /** The first instant after the range of due times (default none). */
  readonly to?: Instant
}

export interface BackfillOptions extends CommandOptions, TimeRange {}

/** What a command produced. */
export interface CommandResult {
  readonly state: ObservedState
  /** False when the command changed nothing; the control log has no entry for it then. */
  readonly changed: boolean
  readonly control: ControlState
  /** True when an earlier command had the same key: this is the answer it got, and nothing was done now. */
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

/** The settings to change for a job. A setting that is left out stays as it is; `null` takes it back to the code's. */
export type JobConfigInput = Omit<JobConfigPatch, 'schedule'> & { readonly schedule?: ScheduleInput | null }

/**
 * A schedule that `every`, `cron` or `once` made, or the same as plain data. An interval without an anchor keeps the
 * anchor of the schedule in the code.
 */
export type ScheduleInput =
  | (Omit<EverySchedule, 'anchorAt'> & { readonly anchorAt?: Instant })
  | (Omit<CronSchedule, 'timezone'> & Partial<Pick<CronSchedule, 'timezone'>>)
  | (Omit<OnceSchedule, 'at'> & { readonly at: Instant })

export interface SnapshotOptions {
  /**
   * The greatest age of a cached snapshot (default 1,000 ms); 0 takes a new one. A snapshot that began before the last
   * command given to this scheduler object is never used.
   */
  readonly maxAgeMs?: number
}

/**
 * Runs jobs on their schedules. The host process calls `open` and `close`; they do not change the desired state.
 * `start`, `stop`, `pause` and `resume` are operators' commands: the store keeps and logs them, and every instance that
 * shares the store follows them.
 */
export interface Scheduler {
  readonly name: string
  readonly state: ObservedState
  readonly jobNames: readonly string[]
  /** The states that the host's feeds may have beside `fresh`, `stale`, `expired` and `unknown`. */
  readonly feedWords: readonly FeedWord[]

  /** From the end of `open` until `close` is called. */
  readonly isOpen: boolean

  /**
   * Registers the jobs and enters the desired state (running, unless an operator commanded another). The process stays
   * alive from here until `close` has finished, unless `keepAlive` is false. Idempotent. When it rejects, nothing is
   * open and no resource is held.
   */
  open(): Promise<void>
  /**
   * Drains: starts nothing more, waits up to `graceMs` (default 10,000) for running work, aborts what is left and
   * settles it as cancelled. After it resolves the scheduler writes nothing and no longer keeps the process alive.
   * Idempotent. It resolves within `graceMs` + 500 ms, even when the store, a handler or the logger hangs.
   *
   * Await it before you destroy the source of the sessions, such as a `DataSource`. An outcome that can no longer be
   * written is lost, and its run is settled as orphaned when its lease ends.
   */
  close(options?: { readonly graceMs?: number }): Promise<void>

  /** Starts a stopped or paused scheduler. */
  start(options?: CommandOptions): Promise<CommandResult>
  /**
   * Stops the scheduler until `start`: no run starts any more; runs under way get `graceMs` to end and are then
   * cancelled. Due times during the stop are recorded as missed.
   */
  stop(options?: CommandOptions): Promise<CommandResult>
  /**
   * Pauses the scheduler until `resume` or `until`: no run starts any more; runs under way go on. Due times during the
   * pause are recorded as suppressed.
   */
  pause(options?: PauseOptions): Promise<CommandResult>
  /** Ends a pause. Throws `SCHEDULER_NOT_RUNNING` when the scheduler is stopped, and leaves it stopped. */
  resume(options?: CommandOptions): Promise<CommandResult>
  pauseJob(job: string, options?: PauseOptions): Promise<CommandResult>
  resumeJob(job: string, options?: CommandOptions): Promise<CommandResult>
  /** Runs a job now, beside its schedule. Resolves when the run is claimed, not when it has ended. */
  runJob(job: string, options?: CommandOptions): Promise<RunJobResult>
  /** Asks the instance that executes a run to abort it; the run is then settled as `cancelled`. */
  cancelRun(runId: RunId, options?: CommandOptions): Promise<CommandResult>

  /**
   * Sets how many runs an instance has at a time, and which providers are off. The store keeps and logs the change. It
   * takes effect on this instance at once and on other instances within their `watchMs`. Throws `INVALID_OPTIONS`, and
   * changes nothing then.
   */
  configure(patch: ConfigPatch, options?: CommandOptions): Promise<CommandResult>
  /**
   * Sets a job's schedule and policies, like `configure`. Runs under way keep the policies that they started with. When
   * the schedule changes, the old schedule accounts for the due times up to now, and the new one for those after now.
   */
  configureJob(job: string, patch: JobConfigInput, options?: CommandOptions): Promise<CommandResult>
  /** The control state (desired state, pauses, settings), read from the store. */
  control(): Promise<ControlState>
  /** Whether the host enables this provider and no operator has switched it off, as far as this instance knows. */
  isProviderEnabled(name: string): boolean

  /**
   * Runs past due times in `[from, to)` beside the schedule: those that no calendar excludes and that have no succeeded
   * run of their own. Answers how many due times now wait. They are claimed one after the other, as the job's overlap
   * policy and the concurrency leave room, and each at most once, even when it is asked for again. When this process
   * ends or the scheduler is stopped, the ones that still wait are dropped; ask again to go on with them. Throws
   * `INVALID_OPTIONS` for the future and for more than 1,000 due times.
   */
  backfillJob(job: string, options: BackfillOptions): Promise<BackfillResult>

  /**
   * The next `n` (1 to 1,000) due times, and what will become of each unless an operator gives a command. Overlaps with
   * long runs are not foreseen.
   */
  preview(job: string, n: number): Promise<readonly ForeseenDueTime[]>
  /** Explains an instant of a job: whether it is a due time, and what became of it or would become of it, and why. */
  explain(job: string, at: Instant): Promise<DueTimeExplanation>
  /**
   * Compares every job's due times in `[from, to)` with the ledger. All is well when `unexplained` is empty. It reads
   * the ledger in pages, so its time grows with the number of entries. It uses the schedule that was set at run time at
   * each instant, but only the present schedule of the code.
   */
  audit(range: TimeRange): Promise<readonly JobAudit[]>

  /** The present snapshot, or the last one, marked stale, while the store cannot be reached. */
  snapshot(options?: SnapshotOptions): Promise<SnapshotReading>
  /**
   * The history of a metric: one value for each step of a range, from the kept aggregates. A step before the retention,
   * before counting began or in the future is `null`, never 0. Throws `INVALID_OPTIONS` for a range of more than 2,000
   * steps or one that is not on whole minutes, `JOB_NOT_FOUND` for an unknown job.
   */
  history(query: HistoryQuery): Promise<MetricHistory>
  /**
   * A page of the runs and of the due times that did not run, latest first (default 50). Pass its `nextCursor` as
   * `cursor` to get the next page.
   */
  listRuns(query?: RunsQuery): Promise<ResultPage<LedgerEntry>>
  /** A page of the operators' commands, latest first (default 50). */
  listLog(query?: Partial<Omit<PageQuery, 'scheduler'>>): Promise<ResultPage<LogEntry>>

  /** Calls `listener` at every event of this name. The returned function ends that. */
  on<E extends keyof SchedulerEvents>(event: E, listener: (event: SchedulerEvents[E]) => void): () => void
  /**
   * Wakes the tick loop and answers whether it works: it completes a round within half a second, or its present round
   * has taken less than a minute, as with a slow store. True while the scheduler is not open, because there is no loop
   * then.
   */
  isTicking(): Promise<boolean>
  /** Resolves when no run of this instance is under way and nothing waits to be written. */
  whenIdle(): Promise<void>
}
