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

/** Who commands, why, and on which version of the control state the command is based. */
export interface CommandOptions {
  /** Who commands, for the control log (default `host`). */
  readonly by?: string
  /** The reason, for the control log (default none). */
  readonly why?: string
  /** Refuse with `CONTROL_CONFLICT` when the control state has moved on (default: any version will do). */
  readonly expectedVersion?: number
  /**
   * Of all commands that come with the same key, 1 to 255 printable ASCII characters, from the same `by` within a day,
   * on whatever instance, one has its effect and all get its answer. The same key with another request is refused
   * with `IDEMPOTENCY_KEY_REUSED` (default none: every command has its effect).
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
  /** The first due time (default the oldest that is kept). Manual runs have none, and are left out when either is given. */
  readonly from?: Instant
  /** The first instant after the due times (default none). */
  readonly to?: Instant
}

export interface BackfillOptions extends CommandOptions, TimeRange {}

/** What a command produced. */
export interface CommandResult {
  readonly state: ObservedState
  /** False when it was so already: then there is no entry in the log either. */
  readonly changed: boolean
  readonly control: ControlState
  /** This is the answer that was given before, to the same command with the same key; nothing was done now. */
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

/** What is to be set for a job. What is left out stays as it is; `null` takes back what was set. */
export type JobConfigInput = Omit<JobConfigPatch, 'schedule'> & { readonly schedule?: ScheduleInput | null }

/**
 * A schedule as `every`, `cron` and `once` make it, or as plain data. An interval without an anchor keeps that of the
 * job's own.
 */
export type ScheduleInput =
  | (Omit<EverySchedule, 'anchorAt'> & { readonly anchorAt?: Instant })
  | (Omit<CronSchedule, 'timezone'> & Partial<Pick<CronSchedule, 'timezone'>>)
  | (Omit<OnceSchedule, 'at'> & { readonly at: Instant })

export interface SnapshotOptions {
  /**
   * A snapshot that is no older will do (default 1,000 ms), unless it was begun before the last command that this scheduler
   * was given here; 0 takes a new one.
   */
  readonly maxAgeMs?: number
}

/**
 * Runs jobs on their schedules. `open` and `close` belong to the host process and leave what operators want
 * untouched; `start`, `stop`, `pause` and `resume` are the operators' commands: persisted, logged, and valid for
 * every instance that shares the store.
 */
export interface Scheduler {
  readonly name: string
  readonly state: ObservedState
  readonly jobNames: readonly string[]
  /** The words that the host's feeds may be in beside `fresh`, `stale`, `expired` and `unknown`. */
  readonly feedWords: readonly FeedWord[]

  /** From the end of `open` until `close` is called. */
  readonly isOpen: boolean

  /**
   * Registers the jobs and begins to do what is desired (running, unless somebody asked otherwise). From here until `close`
   * is done the process stays alive, unless `keepAlive` is false. Idempotent. When it rejects, nothing is open and nothing
   * is held.
   */
  open(): Promise<void>
  /**
   * Drains: starts nothing more, waits up to `graceMs` (default 10,000) for running work, aborts what is left and
   * settles it as cancelled. After it resolves nothing is written, and nothing of the scheduler holds the process.
   * Idempotent; resolves within `graceMs` + 500 ms, whatever the store, the handlers and the logger do.
   *
   * Await it before you destroy what the sessions come from, such as a `DataSource`: outcomes that cannot be written any
   * more are left behind, and their runs are found as orphaned once their leases end.
   */
  close(options?: { readonly graceMs?: number }): Promise<void>

  /** Has the scheduler run, whether it was stopped or paused. */
  start(options?: CommandOptions): Promise<CommandResult>
  /**
   * Has it start nothing more until `start`; runs under way get `graceMs` to end, and are then cancelled. What falls due
   * meanwhile is missed.
   */
  stop(options?: CommandOptions): Promise<CommandResult>
  /** Has it start nothing more until `resume` or `until`; runs under way go on. What falls due meanwhile is suppressed. */
  pause(options?: PauseOptions): Promise<CommandResult>
  /** Ends a pause, and nothing else: a scheduler that was stopped stays so. Throws `SCHEDULER_NOT_RUNNING` for one. */
  resume(options?: CommandOptions): Promise<CommandResult>
  pauseJob(job: string, options?: PauseOptions): Promise<CommandResult>
  resumeJob(job: string, options?: CommandOptions): Promise<CommandResult>
  /** Runs a job now, beside its schedule; answers when the run is claimed, not when it is over. */
  runJob(job: string, options?: CommandOptions): Promise<RunJobResult>
  /** Asks a run's owner to abort it; it is then settled as `cancelled`. */
  cancelRun(runId: RunId, options?: CommandOptions): Promise<CommandResult>

  /**
   * Sets how many runs an instance has at a time, and which providers are off. Persisted, logged, in effect here at
   * once and on other instances within their `watchMs`. Throws `INVALID_OPTIONS`, and then nothing has changed.
   */
  configure(patch: ConfigPatch, options?: CommandOptions): Promise<CommandResult>
  /**
   * The same for a job's schedule and policies; runs under way keep those that they started with. When the schedule
   * changes, the due times of the old one up to now are accounted for, and those of the new one count from now.
   */
  configureJob(job: string, patch: JobConfigInput, options?: CommandOptions): Promise<CommandResult>
  /** What was asked of the scheduler, as the store has it now. */
  control(): Promise<ControlState>
  /** Whether the host enables this provider and no operator has switched it off, as far as this instance knows. */
  isProviderEnabled(name: string): boolean

  /**
   * Runs past due times in `[from, to)` once more or for the first time, beside the schedule: those that no calendar
   * excludes and whose own run did not succeed. Answers how many now wait; they are claimed one after the other as the
   * job's overlap policy and the concurrency leave room, each at most once however often it is asked for. What still
   * waits is forgotten when this process ends or the scheduler is stopped; asking again goes on where it ended.
   * Throws `INVALID_OPTIONS` for the future and for more than 1,000 due times.
   */
  backfillJob(job: string, options: BackfillOptions): Promise<BackfillResult>

  /**
   * The next `n` (1 to 1,000) due times, and what becomes of each if nobody commands otherwise. An overlap with a run
   * that takes long cannot be foreseen.
   */
  preview(job: string, n: number): Promise<readonly ForeseenDueTime[]>
  /** What an instant is to a job: no due time, or what became of it and why, or what would become of it. */
  explain(job: string, at: Instant): Promise<DueTimeExplanation>
  /**
   * Holds every job's due times in `[from, to)` against the ledger. All is well when nothing is `unexplained`. It reads
   * the ledger in pages and takes as long as there are entries. A schedule that was changed at run time is taken as it
   * was; one that was changed in the code, as it is now.
   */
  audit(range: TimeRange): Promise<readonly JobAudit[]>

  /** The present snapshot. While the store cannot be reached: the last one, marked stale. */
  snapshot(options?: SnapshotOptions): Promise<SnapshotReading>
  /**
   * How a metric went over time: one value for each step of a range, from the kept aggregates. What lies before they
   * are kept (the retention), before counting began or in the future is `null`, never 0. Throws `INVALID_OPTIONS` for a
   * range of more than 2,000 steps or one that is not on whole minutes, `JOB_NOT_FOUND` for an unknown job.
   */
  history(query: HistoryQuery): Promise<MetricHistory>
  /**
   * A page of the runs, and of the due times that were not run, latest first (default 50 of them). Give its `nextCursor`
   * back as `cursor` to read on.
   */
  listRuns(query?: RunsQuery): Promise<ResultPage<LedgerEntry>>
  /** A page of the operators' commands, latest first (default 50 of them). */
  listLog(query?: Partial<Omit<PageQuery, 'scheduler'>>): Promise<ResultPage<LogEntry>>

  /** Calls `listener` at every event of this name; answers how to stop that. */
  on<E extends keyof SchedulerEvents>(event: E, listener: (event: SchedulerEvents[E]) => void): () => void
  /**
   * Wakes the tick loop and answers whether it comes round: within half a second, or with a round under way for less than
   * a minute, as when the store is slow. True while the scheduler is not open: there is no loop then.
   */
  isTicking(): Promise<boolean>
  /** Resolves when no run of this instance is under way and nothing waits to be written. */
  whenIdle(): Promise<void>
}
