import type { EpochMs } from '../clock.ts'
import type { ControlState, LogEntry, SchedulerCommand } from '../control/control.ts'
import type { SchedulerError } from '../errors.ts'
import type { InstanceId, ReceiptId, RunId } from '../ids.ts'
import type { LedgerEntry, NewRun, NewUnrunRange, Run, RunProgress, Settlement } from '../run/ledger-entry.ts'
import type { ReadMeasuresInput, StoreMeasures } from './measures.ts'
import type { LedgerQuery, LogQuery, ResultPage } from './pages.ts'
import type { CommandReceipt } from './receipt.ts'

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
   * named stay with their totals.
   */
  register(session: S, input: RegisterInput): Promise<void>

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
   * Extends leases, stores each run's attempt and progress, and records this instance's heartbeat. Answers for every
   * lease whether it was kept and whether the run shall be cancelled; `locked`, without waiting, when another
   * transaction holds the row. A store with a clock of its own adds the time; only this method does.
   */
  renew(session: S, input: RenewInput): Promise<LeaseRenewal>

  /**
   * Settles runs and adds each to every aggregate once. Answers `already_settled` for an identical repetition; `fenced`
   * for an older fence, or a run settled differently; `locked`, with `waitMs`, when another transaction still holds the
   * rows after that time. These three change nothing. The answers are in the order of the settlements.
   */
  settle(session: S, input: SettleInput): Promise<readonly SettleResult[]>

  /**
   * Locks up to `limit` running runs whose lease ended before `now`, oldest first. Skips those that another caller
   * holds and unreadable ones.
   */
  lockExpired(session: S, input: LockExpiredInput): Promise<readonly Run[]>

  /** The control state of the scheduler; `null` before it was registered. */
  readControl(session: S, input: { readonly scheduler: string }): Promise<ControlState | null>

  /** Applies a command and writes its log entry, and answers the new control state, with the next version. */
  applyCommand(session: S, input: ApplyCommandInput): Promise<ControlState>

  /** Everything that a snapshot needs, in one consistent read. Its cost does not grow with history. */
  readMeasures(session: S, input: ReadMeasuresInput): Promise<StoreMeasures>

  /** A page of the ledger, latest first; with `id`, that one entry. */
  listEntries(session: S, query: LedgerQuery): Promise<ResultPage<LedgerEntry>>

  /** A page of the control log, latest first. */
  listLog(session: S, query: LogQuery): Promise<ResultPage<LogEntry>>

  /**
   * Deletes entries that were settled before `before`, and never later ones. A store may keep them up to a day longer,
   * so that it can drop them in one piece. Answers how many it deleted; `limit` bounds what it deletes row by row.
   * Deletes expired buckets, receipts and the heartbeats of instances from before `before` too. Running runs and
   * lifetime totals stay.
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
  readonly jobs: readonly { readonly job: string; readonly cursor: EpochMs }[]
  readonly now: EpochMs
}

export interface LockJobsInput {
  readonly scheduler: string
  readonly jobs: readonly string[]
  /**
   * The unit will apply a command (default false): locks the control state for writing at once, against the deadlock of
   * two units that read it first.
   */
  readonly forCommand?: boolean
  /** How many milliseconds to wait for jobs that another transaction holds (default the unit's own limit). */
  readonly waitMs?: number
  /**
   * Also reads the receipt with this id, which no other unit can write before this unit ends. Only with `forCommand`.
   */
  readonly receipt?: ReceiptId
}

export interface LockedJobs {
  readonly control: ControlState
  readonly jobs: readonly JobLedger[]
  /** The requested receipt; `null` when there is none. */
  readonly receipt: CommandReceipt | null
  /** The jobs left out because the store holds invalid values of them (default none). */
  readonly unreadable?: readonly UnreadableJob[]
  /** The jobs left out because another transaction holds their rows (default none). */
  readonly locked?: readonly string[]
}

export interface UnreadableJob {
  readonly job: string
  /** Names the place and the invalid value. */
  readonly error: SchedulerError<'STORE_CORRUPT'>
}

/** A job's cursor and running runs. */
export interface JobLedger {
  readonly job: string
  /** The ledger accounts for every due time up to and including this instant. */
  readonly cursor: EpochMs
  /** Its running runs, oldest first. */
  readonly running: readonly RunningRun[]
}

export type RunningRun = Pick<
  Run,
  'id' | 'owner' | 'fence' | 'attempt' | 'trigger' | 'scheduledFor' | 'startedAt' | 'leaseUntil' | 'latenessMs'
>

export interface RecordInput {
  readonly scheduler: string
  readonly changes: readonly JobChange[]
  /** Written, unless the store has one with its id. */
  readonly receipt?: CommandReceipt
}

export interface JobChange {
  readonly job: string
  /** The new cursor. It never moves backwards; `null` leaves it where it is. */
  readonly cursor: EpochMs | null
  readonly unrun: readonly NewUnrunRange[]
  readonly claims: readonly NewRun[]
  /** The running runs that their owners shall abort. */
  readonly cancel: readonly RunId[]
}

/** A run that this instance now owns. */
export interface ClaimedRun extends NewRun {
  readonly fence: number
}

export interface RenewInput {
  readonly scheduler: string
  readonly owner: InstanceId
  readonly leases: readonly RunLease[]
  readonly leaseUntil: EpochMs
  readonly now: EpochMs
}

export interface RunLease {
  readonly runId: RunId
  readonly fence: number
  readonly attempt: number
  /** Replaces the stored progress. `null` clears it: a new attempt starts without progress. */
  readonly progress: RunProgress | null
}

export interface LeaseRenewal {
  readonly leases: readonly RenewedLease[]
  /** The store's own time when it answered; `null` when the store uses the process's clock. */
  readonly storeTime: EpochMs | null
}

export interface RenewedLease {
  readonly runId: RunId
  /**
   * `lost` when the run has another owner or is settled; `locked` when another transaction holds its row: renew again.
   */
  readonly outcome: 'kept' | 'lost' | 'locked'
  readonly cancelRequested: boolean
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
  readonly now: EpochMs
  readonly limit: number
}

export interface ApplyCommandInput {
  readonly scheduler: string
  readonly command: SchedulerCommand
  readonly now: EpochMs
}

export interface PruneInput {
  readonly scheduler: string
  /** The instant of the call. A store may prepare room for what will settle after it. */
  readonly now: EpochMs
  readonly before: EpochMs
  readonly keepBucketsAfter: EpochMs
  readonly keepReceiptsAfter: EpochMs
  readonly limit: number
}
