import type { EpochMs } from '../clock.ts'
import type { ControlState, LogEntry, SchedulerCommand } from '../control/control.ts'
import type { LedgerEntry, Run, Settlement } from '../run/ledger-entry.ts'
import type {
  DefineInput,
  DefinitionSpan,
  InstanceLife,
  JobStanding,
  ReadDefinitionsInput,
  ReadOutdatedInput,
  ReadStandingsInput,
  RenamedJob,
} from './definitions.ts'
import type { ClaimedRun, RecordInput } from './job-changes.ts'
import type { LeaseRenewal, RenewInput } from './leases.ts'
import type { LockedJobs, LockJobsInput } from './locked-jobs.ts'
import type { ReadMeasuresInput, StoreMeasures } from './measures.ts'
import type { LedgerQuery, LogQuery, ResultPage } from './pages.ts'
import type { LockReleasedInput, ReleasedRuns, ReleaseInput, ReleaseResult, TakeUpInput } from './releases.ts'
import type { HandOverInput, TakenOver, TakeOverInput } from './take-over.ts'

/**
 * The ledger, control state and aggregates of one or many schedulers. Every method works in the unit of work of the
 * given session, gets the time as a parameter, and names its scheduler.
 *
 * A call that fails rejects, and has no effect once the unit is rolled back. Every call is safe to repeat after a
 * failure before or after the commit.
 */
export interface Store<S> {
  readonly capabilities: StoreCapabilities

  /**
   * Registers the scheduler and its jobs. A new job begins at `cursor`; a known one keeps everything. Jobs that are not
   * named stay with their totals. Answers the names of the new jobs: of several callers at once, each new job is in one
   * answer. A job that is stored under one of its `formerly` is no new one: `placeJobs` decides which it is, while no
   * other caller registers jobs of this scheduler.
   */
  register(session: S, input: RegisterInput): Promise<readonly string[]>

  /** The jobs that have several names, by the one that they are stored under. Most schedulers have none. */
  readRenamed(session: S, input: { readonly scheduler: string }): Promise<readonly RenamedJob[]>

  /**
   * The instances that are known, those that have left included, in the order of their ids; with `job`, those that have
   * it.
   */
  readInstances(
    session: S,
    input: { readonly scheduler: string; readonly job?: string },
  ): Promise<readonly InstanceLife[]>

  /**
   * The jobs of which others know the local times better: an instance with newer time zone data has them. The order is
   * that of their names. Jobs of templates are not among them.
   */
  readOutdated(session: S, input: ReadOutdatedInput): Promise<readonly string[]>

  /**
   * Where each job stands that the asking instance has or that has a definition in effect, but for those of a template
   * (a definition with a `template`) that it does not have: no instance has to have them. Decides nothing: that is
   * done in core, before `define`, with the control state locked for a command.
   */
  readStandings(session: S, input: ReadStandingsInput): Promise<readonly JobStanding[]>

  /**
   * Writes which jobs an instance has, and the definitions that begin and end. The caller has locked the control state
   * for a command. The answered control state has the next version of the definitions when a definition began or ended,
   * an instance left, or the call is notable.
   */
  define(session: S, input: DefineInput): Promise<ControlState>

  /** The definitions of jobs with their spans, by job, in the order in which they began. */
  readDefinitions(session: S, input: ReadDefinitionsInput): Promise<readonly DefinitionSpan[]>

  /**
   * Locks the named jobs until the unit ends, and answers their cursors and running runs. Takes the locks in the order
   * of names, against deadlocks. The answered control state cannot change before the unit ends. Left out: unknown
   * names; jobs with an unreadable row, named in `unreadable`; with `waitMs`, jobs that another transaction still holds
   * after that time, named in `locked`.
   */
  lockJobs(session: S, input: LockJobsInput): Promise<LockedJobs>

  /**
   * Writes the decisions made under the locks: adds due times that will not run, claims runs, moves cursors and keeps the
   * receipt of a command. The answer has the runs that were claimed, each with its fence.
   *
   * The cursor keeps a due time from being recorded twice, even after its entry was deleted. A claim with the trigger
   * `schedule` and an unrun range are refused, without an error, when their (first) due time is not after the cursor
   * that the job had before this call, or when the same due time or id is under way or comes twice in the call. A change
   * therefore moves its cursor to the last due time that it records, or beyond. No cursor covers the other triggers:
   * their claims are refused when the ledger has the id, under way or settled.
   */
  record(session: S, input: RecordInput): Promise<readonly ClaimedRun[]>

  /**
   * Extends leases, stores each run's attempt, progress, wait and last error, and records this instance's heartbeat.
   * Answers for every lease whether it was kept and whether the run shall be cancelled; `locked`, without waiting, when
   * another transaction holds the row. A store with a clock of its own adds the time; only this method does.
   */
  renew(session: S, input: RenewInput): Promise<LeaseRenewal>

  /**
   * Settles runs and adds each to every aggregate once. Answers `already_settled` for an identical repetition; `fenced`
   * for an older fence, or a run settled differently; `locked`, with `waitMs`, when another transaction still holds the
   * rows after that time. These three change nothing. The answers are in the order of the settlements.
   */
  settle(session: S, input: SettleInput): Promise<readonly SettleResult[]>

  /**
   * Locks up to `limit` running runs of the named jobs, and cancelled ones of any job, whose lease ended before `now`,
   * oldest first. Skips those that another caller holds, unreadable ones, queued ones and those that are open without an
   * owner.
   */
  lockExpired(session: S, input: LockExpiredInput): Promise<readonly Run[]>

  /**
   * Leaves runs open without an owner: ends their leases at `now` and keeps what their last owner knows of them. A
   * repetition answers `released` too, and changes nothing; `fenced` for an older fence or a settled run; `locked` when
   * another transaction still holds the row after `waitMs`. These two change nothing either. The answers are in the order
   * of the releases.
   */
  release(session: S, input: ReleaseInput): Promise<readonly ReleaseResult[]>

  /**
   * Locks up to `limit` runs that are open without an owner. Skips those that another caller holds and unreadable ones.
   */
  lockReleased(session: S, input: LockReleasedInput): Promise<ReleasedRuns>

  /**
   * Gives released runs, which the unit has locked, their new owners, each with the next fence. Whoever had the run before
   * is refused from then on. Leaves out runs that are not open without an owner under the given fence.
   */
  takeUp(session: S, input: TakeUpInput): Promise<readonly Run[]>

  /**
   * Begins queued runs here: those of `jobs` become running, each with its new owner and the next fence, its first attempt,
   * and its lateness where it is the run of a due time. A run is taken over once, whoever asks and however often. Does not
   * wait: a row that another transaction holds stays, and is answered as left.
   */
  takeOver(session: S, input: TakeOverInput): Promise<TakenOver>

  /**
   * Locks up to `limit` queued runs of these jobs whose `leaseUntil` is at or before `now`, the oldest first, sets that to
   * the given one, and answers them. Skips rows that another caller holds.
   */
  handOverAgain(session: S, input: HandOverInput): Promise<readonly Run[]>

  /**
   * Erases a job that nobody has and nothing runs of: its entries, counters, statistics, cursor and definitions. Its
   * lifetime totals are added to those of `FORGOTTEN_JOBS`, which nothing else counts for, and which is retired from its
   * beginning. The caller has locked the job and the control state for a command. Does nothing for a job that is none.
   */
  forgetJob(session: S, input: ForgetJobInput): Promise<void>

  /** The control state of the scheduler; `null` before it was registered. */
  readControl(session: S, input: { readonly scheduler: string }): Promise<ControlState | null>

  /**
   * Applies a command, or several one after another, and writes a log entry for each. Answers the new control state; its
   * version grows by one with each.
   */
  applyCommand(session: S, input: ApplyCommandInput): Promise<ControlState>

  /** Everything that a snapshot needs, in one consistent read. Its cost does not grow with history. */
  readMeasures(session: S, input: ReadMeasuresInput): Promise<StoreMeasures>

  /** A page of the ledger, latest first; with `id`, that one entry. */
  listEntries(session: S, query: LedgerQuery): Promise<ResultPage<LedgerEntry>>

  /** A page of the control log, latest first. */
  listLog(session: S, query: LogQuery): Promise<ResultPage<LogEntry>>

  /**
   * Deletes entries that were settled before `before`, and never later ones. A store may keep them up to a day longer,
   * so that it can drop them in one piece. `limit` bounds what it deletes row by row. Deletes expired buckets, receipts,
   * the heartbeats of instances and the definitions that ended before `before` too, and at most `limit` commands of the
   * control log from before `keepLogAfter`, the oldest first. Running runs, lifetime totals and
   * the last definition of each job stay. Erases the inputs of runs that were settled before `keepInputsAfter`, at most
   * `limit` of them. Answers the sum of the entries and the commands it deleted and the inputs it erased: there may be more
   * of any when it is at least `limit`.
   */
  prune(session: S, input: PruneInput): Promise<number>
}

export interface StoreCapabilities {
  /** Committed data outlives the process. */
  readonly durable: boolean
  /** Several processes can share it. */
  readonly shared: boolean
}

export interface RegisterInput {
  readonly scheduler: string
  readonly jobs: readonly RegisteredJob[]
  readonly now: EpochMs
}

export interface RegisteredJob {
  readonly job: string
  readonly cursor: EpochMs
  /** The names that the job had before (default none). */
  readonly formerly?: readonly string[]
}

export interface SettleInput {
  readonly scheduler: string
  readonly settlements: readonly Settlement[]
  /** How many milliseconds to wait for rows that another transaction holds (default the unit's own limit). */
  readonly waitMs?: number
}

export type SettleResult = 'settled' | 'already_settled' | 'fenced' | 'locked'

export interface LockExpiredInput {
  readonly scheduler: string
  /**
   * The jobs that the caller acts for. The runs of others are left to those that have them, unless somebody has asked to
   * cancel them.
   */
  readonly jobs: readonly string[]
  readonly now: EpochMs
  readonly limit: number
}

export interface ForgetJobInput {
  readonly scheduler: string
  readonly job: string
  readonly now: EpochMs
}

export interface ApplyCommandInput {
  readonly scheduler: string
  readonly command: SchedulerCommand | readonly SchedulerCommand[]
  readonly now: EpochMs
}

export interface PruneInput {
  readonly scheduler: string
  /** The instant of the call. A store may prepare room for what will settle after it. */
  readonly now: EpochMs
  readonly before: EpochMs
  /** The inputs of runs that were settled before this instant are erased (default none: they go with their runs). */
  readonly keepInputsAfter?: EpochMs
  readonly keepBucketsAfter: EpochMs
  readonly keepReceiptsAfter: EpochMs
  /** The commands of the control log from before this instant are deleted (default none). */
  readonly keepLogAfter?: EpochMs
  readonly limit: number
}
