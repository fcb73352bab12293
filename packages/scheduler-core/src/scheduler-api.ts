import type {
  BackfillOptions,
  BackfillPreview,
  BackfillQueue,
  BackfillResult,
  CancelBackfillResult,
} from './api/backfills.ts'
import type { BulkOptions, BulkResult, JobMatch, PauseJobsOptions } from './api/bulk.ts'
import type {
  CommandOptions,
  CommandResult,
  PauseOptions,
  RunJobOptions,
  RunJobResult,
  StopOptions,
} from './api/commands.ts'
import type { JobChanges } from './api/job-changes.ts'
import type { JobConfigInput } from './api/job-config-input.ts'
import type {
  AuditQuery,
  DueTimesPage,
  DueTimesQuery,
  PreviewOptions,
  RunsQuery,
  SnapshotOptions,
  TimeRange,
  UpcomingOptions,
} from './api/queries.ts'
import type { ReadOptions } from './api/read-options.ts'
import type { TemplateCommands } from './api/template-commands.ts'
import type { CommandLimits } from './budget/command-limits.ts'
import type { Instant } from './clock.ts'
import type { ConfigPatch } from './control/config.ts'
import type { ControlState, LogEntry } from './control/control.ts'
import type { SchedulerEvents } from './events.ts'
import type { RunId } from './ids.ts'
import type { InputTerms } from './job/job.ts'
import type { HistoryQuery, MetricHistory } from './metrics/history.ts'
import type { JobAudit } from './plan/audit.ts'
import type { DueTimeExplanation } from './plan/explain.ts'
import type { ForeseenDueTime } from './plan/preview.ts'
import type { UpcomingDueTime } from './plan/upcoming.ts'
import type { Declared } from './ports/declared.ts'
import type { LogQuery, ResultPage } from './ports/pages.ts'
import type { JobFilter } from './reading/job-filter.ts'
import type { ObservedState, SnapshotReading } from './reading/snapshot.ts'
import type { LedgerEntry } from './run/ledger-entry.ts'
import type { SchedulerRole } from './state/role.ts'

/**
 * Runs jobs on their schedules. `open` and `close` belong to the host process. `start`, `stop`, `pause` and `resume`
 * are the operators' commands: persisted, logged, and valid for every instance that shares the store.
 */
export interface Scheduler extends Declared, TemplateCommands {
  readonly name: string
  /** Of an observer: the state of the schedulers together, as the store told it last. */
  readonly state: ObservedState
  /** What this process does for the scheduler. */
  readonly role: SchedulerRole
  /** The jobs that are defined, here or on other instances, as far as this instance knows. */
  readonly jobNames: readonly string[]
  /** How often each principal may command, over all routers that serve the scheduler. Calls of the host are not counted. */
  readonly commandLimits: CommandLimits

  /** True from the end of `open` until `close` is called. */
  readonly isOpen: boolean

  /**
   * Registers the jobs and runs them, unless an operator has stopped or paused the scheduler. The process stays alive
   * until `close` has finished, unless `keepAlive` is false. Idempotent. When it rejects, nothing is open or held.
   */
  open(): Promise<void>
  /**
   * Drains: starts no more runs, waits up to `graceMs` (default 10,000) for running ones, then aborts the rest. A run that
   * waits for its next attempt, or whose job has `onOrphan: 'rerun'` and an attempt left, stays open: an instance that has
   * the job takes it up. Any other is settled as `interrupted`, which counts as failed. After it resolves, the scheduler
   * writes nothing and holds no handle of the process. Idempotent; resolves within `graceMs` + 500 ms, even when the store,
   * a handler or the logger hangs; an engine may need up to 3 s more.
   *
   * Await it before you destroy the source of the sessions, such as a `DataSource`. Runs whose outcome can no longer be
   * written become orphaned once their leases end.
   */
  close(options?: { readonly graceMs?: number }): Promise<void>

  /** Makes the scheduler run, whether it was stopped or paused. */
  start(options?: CommandOptions): Promise<CommandResult>
  /**
   * Starts no more runs until `start`. Runs under way get `graceMs`, then are broken off as by `close`, unless a `start`
   * came meanwhile: those that stay open are taken up after `start`. Due times meanwhile are missed. Runs that wait for a
   * worker go on waiting.
   */
  stop(options?: StopOptions): Promise<CommandResult>
  /**
   * Starts no more runs, and no further attempts, until `resume` or `until`. Attempts under way go on. Due times meanwhile
   * are suppressed.
   */
  pause(options?: PauseOptions): Promise<CommandResult>
  /** Ends a pause and nothing else. Throws `SCHEDULER_NOT_RUNNING` when the scheduler is stopped. */
  resume(options?: CommandOptions): Promise<CommandResult>
  pauseJob(job: string, options?: PauseOptions): Promise<CommandResult>
  resumeJob(job: string, options?: CommandOptions): Promise<CommandResult>
  /** The jobs that a filter meets: the preview of a command to them. Throws `INVALID_OPTIONS`. */
  matchJobs(filter: JobFilter): Promise<JobMatch>
  /**
   * Pauses all jobs that a filter meets, at most 500, in one unit of work; the log has an entry for each. Throws
   * `INVALID_OPTIONS` for a filter without a condition or that more jobs meet, `JOBS_CHANGED`, and as `pauseJob` does.
   */
  pauseJobs(filter: JobFilter, options?: PauseJobsOptions): Promise<BulkResult>
  resumeJobs(filter: JobFilter, options?: BulkOptions): Promise<BulkResult>
  /** Runs all jobs that a filter meets, but for those with a run under way and those that need an input. */
  runJobs(filter: JobFilter, options?: BulkOptions): Promise<BulkResult>
  /** What is left of a job's backfills in this process. Other instances have queues of their own. */
  backfillQueue(job: string): Promise<BackfillQueue>
  /** Forgets the due times of a job that wait in this process to be backfilled. Runs under way go on. */
  cancelBackfill(job: string, options?: CommandOptions): Promise<CancelBackfillResult>
  /**
   * Runs a job now, beside its schedule. Resolves when the run is claimed, not when it ends. Throws `INVALID_INPUT` for
   * an input that the job's schema does not accept, and for any input of a job without a schema; `INVALID_OPTIONS` for one
   * with a secret where an engine carries the runs.
   */
  runJob(job: string, options?: RunJobOptions): Promise<RunJobResult>
  /** The name that the job with this name, present or former, has now; a name that is none is answered as it is. */
  presentNameOf(job: string): string
  /** What the input of a job is; `null` when it takes none. Throws `JOB_NOT_FOUND`. */
  inputOf(job: string): InputTerms | null
  /**
   * Asks the owner of a run to abort it. The run is then settled as `cancelled`; at once where no worker has taken it over
   * yet.
   */
  cancelRun(runId: RunId, options?: CommandOptions): Promise<CommandResult>

  /**
   * Erases the past of a retired job: its entries, counters, statistics, definitions, pause and settings. Its lifetime
   * totals go on under the name `(forgotten)`, so that no lifetime count falls; the log of commands keeps what was asked of
   * it. Throws `JOB_IN_USE` while a definition of it is in effect, `JOB_ALREADY_RUNNING` while a run of it goes on, and
   * `INVALID_OPTIONS` without a reason.
   */
  forgetJob(job: string, options: CommandOptions & { readonly why: string }): Promise<CommandResult>
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
  control(options?: ReadOptions): Promise<ControlState>
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
  upcoming(n: number, options?: UpcomingOptions): Promise<readonly UpcomingDueTime[]>
  /** What `backfillJob` would run of a range, by the same plan. Changes nothing, and refuses the same ranges. */
  previewBackfill(job: string, range: TimeRange, options?: ReadOptions): Promise<BackfillPreview>
  /** Explains an instant for a job: no due time, or what became of it and why, or what would. */
  explain(job: string, at: Instant, options?: ReadOptions): Promise<DueTimeExplanation>
  /**
   * Every due time of a job in `[from, to)`, past and future, with what became of it or will, page by page. The time of a
   * page grows with its due times and their runs, not with the range. It judges as `explain` and `audit` do.
   */
  dueTimes(job: string, query: DueTimesQuery, options?: ReadOptions): Promise<DueTimesPage>
  /**
   * Compares every job's due times in `[from, to)` with the ledger: all are accounted for when none is `unexplained`.
   * Its answer, as that of every question with `ReadOptions`, comes out of the budget `reads`.
   * Its time grows with the number of entries. Each schedule counts while it was in effect, in the code or as set at run
   * time; `notDefined` has the stretches in which no open instance had the job. Retired jobs belong to it. Throws `JOB_NOT_FOUND` for a `job` that is none.
   */
  audit(query: AuditQuery, options?: ReadOptions): Promise<readonly JobAudit[]>

  /** The present snapshot. While the store cannot be reached: the last one, marked stale. */
  snapshot(options?: SnapshotOptions): Promise<SnapshotReading>
  /**
   * The history of a metric: one value per step of a range, from the stored aggregates. Steps before the retention,
   * before counting began or in the future are `null`. Throws `INVALID_OPTIONS` for more than 2,000 steps or a range
   * not on whole minutes, `JOB_NOT_FOUND` for an unknown job.
   */
  history(query: HistoryQuery, options?: ReadOptions): Promise<MetricHistory>
  /**
   * A page of the runs, and of the due times that did not run, latest first (default 50). Pass `nextCursor` as `cursor`
   * for the next page.
   */
  listRuns(query?: RunsQuery, options?: ReadOptions): Promise<ResultPage<LedgerEntry>>
  /** A page of the operators' commands, latest first (default 50 of them). */
  listLog(query?: Partial<Omit<LogQuery, 'scheduler'>>, options?: ReadOptions): Promise<ResultPage<LogEntry>>

  /** Calls `listener` at every event of this name. Returns a function that removes it. */
  on<E extends keyof SchedulerEvents>(event: E, listener: (event: SchedulerEvents[E]) => void): () => void
  /**
   * Wakes the tick loop. Resolves with true when it completes a round within half a second, or has been in one for less
   * than a minute, for example because the store is slow. True while the scheduler is not open.
   */
  isTicking(): Promise<boolean>
  /**
   * Resolves when no run of this instance is under way and no outcome waits to be written; with an engine, when it has been
   * offered every run.
   */
  whenIdle(): Promise<void>
}

/** What `createScheduler` makes: a scheduler in the hands of its host. `S` is the session type of its jobs. */
export interface HostScheduler<S> extends Scheduler, JobChanges<S> {}
