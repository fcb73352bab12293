import type { EpochMs } from '../clock.ts'
import type { ControlState, LogEntry, SchedulerCommand } from '../control/control.ts'
import type { SchedulerError } from '../errors.ts'
import type { InstanceId, ReceiptId, RunId } from '../ids.ts'
import type { LedgerEntry, NewRun, NewUnrunRange, Run, RunProgress, Settlement } from '../run/ledger-entry.ts'
import type { ReadMeasuresInput, StoreMeasures } from './measures.ts'
import type { LedgerQuery, PageQuery, ResultPage } from './pages.ts'
import type { CommandReceipt } from './receipt.ts'

/**
 * The ledger of one or many schedulers, and what is kept beside it. Every method works inside the unit of work
 * whose session it is given, takes time as a parameter and never asks a clock, and names its scheduler: one store
 * serves several.
 *
 * A failing call rejects and leaves nothing of itself behind once the unit is rolled back. Any call may be
 * repeated after a failure of which nobody knows whether it came before or after the commit.
 */
export interface Store<S> {
  readonly capabilities: StoreCapabilities

  /**
   * Makes the scheduler and its jobs known. A job seen for the first time begins at `cursor`, a known one keeps
   * everything it has. Jobs that are not named stay in the store with their totals.
   */
  register(session: S, input: RegisterInput): Promise<void>

  /**
   * Locks the named jobs until the unit ends and says where each stands. Locks are taken in the order of names, so
   * that two callers cannot deadlock. The control state that comes with them cannot change before the unit
   * ends. Unknown names are left out, and so are jobs of which a row cannot be read: they are told apart in `unreadable`.
   * With `waitMs`, jobs that another transaction still holds by then are passed over and named in `locked`.
   */
  lockJobs(session: S, input: LockJobsInput): Promise<LockedJobs>

  /**
   * Writes what was decided under the locks: moves cursors, adds due times that will not run, claims runs, keeps the
   * receipt of a command. Claims
   * of a (job, due time) that the ledger already has are refused by its unique key, without an error: the answer
   * holds the runs that were claimed, each with its fence.
   */
  record(session: S, input: RecordInput): Promise<readonly ClaimedRun[]>

  /**
   * Extends leases, stores each run's current attempt and progress, and notes that this instance lives. Answers for every
   * lease: whether it was kept, and whether somebody asked for the run to be cancelled. A run whose row another
   * transaction holds is passed over and answered as `locked`, so that it delays no other lease. Where the store has a clock of
   * its own, its reading comes with the answer: the one moment at which a store is asked for the time.
   */
  renew(session: S, input: RenewInput): Promise<LeaseRenewal>

  /**
   * Settles runs and adds them to every aggregate, once: a settlement that is repeated word for word answers
   * `already_settled`, one with an older fence or for a run that is settled otherwise answers `fenced`, and
   * neither changes anything. With `waitMs`, a settlement whose rows another transaction still holds by then answers
   * `locked` and changes nothing. Answers come in the order of the settlements.
   */
  settle(session: S, input: SettleInput): Promise<readonly SettleResult[]>

  /**
   * Locks up to `limit` running runs whose lease ended before `now`, oldest first, passing over those that another caller
   * holds and those that cannot be read.
   */
  lockExpired(session: S, input: LockExpiredInput): Promise<readonly Run[]>

  /** What was asked of the scheduler; `null` before it was registered. */
  readControl(session: S, input: { readonly scheduler: string }): Promise<ControlState | null>

  /** Applies a command and its log entry together, and answers the control state that it makes, of the next version. */
  applyCommand(session: S, input: ApplyCommandInput): Promise<ControlState>

  /** Everything that a snapshot needs, as one consistent read whose cost does not grow with history. */
  readMeasures(session: S, input: ReadMeasuresInput): Promise<StoreMeasures>

  /** A page of the ledger, latest first; with `id`, that one entry. */
  listEntries(session: S, query: LedgerQuery): Promise<ResultPage<LedgerEntry>>

  /** A page of the control log, latest first. */
  listLog(session: S, query: PageQuery): Promise<ResultPage<LogEntry>>

  /**
   * Deletes up to `limit` entries that were settled before `before`, and answers how many; with them the buckets and
   * receipts that nobody needs any more. Running runs and lifetime totals stay.
   */
  prune(session: S, input: PruneInput): Promise<number>
}

export interface StoreCapabilities {
  /** What was committed outlives the process. */
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
   * A command will be applied in this unit (default false): the control state is locked for writing from the start,
   * since two units that both read it first and then write it would wait for each other.
   */
  readonly forCommand?: boolean
  /** How many milliseconds to wait for jobs that another transaction holds (default: as long as the unit may). */
  readonly waitMs?: number
  /** Asks for the receipt of a command too, which nobody else can write before the unit ends. Only with `forCommand`. */
  readonly receipt?: ReceiptId
}

export interface LockedJobs {
  readonly control: ControlState
  readonly jobs: readonly JobLedger[]
  /** The receipt that was asked for; `null` when there is none. */
  readonly receipt: CommandReceipt | null
  /** The jobs that were passed over, since what the store holds of them cannot be (default none). */
  readonly unreadable?: readonly UnreadableJob[]
  /** The jobs that were passed over, since another transaction holds their rows (default none). */
  readonly locked?: readonly string[]
}

export interface UnreadableJob {
  readonly job: string
  /** Where, and what stands there. */
  readonly error: SchedulerError<'STORE_CORRUPT'>
}

/** Where a job stands in the ledger. */
export interface JobLedger {
  readonly job: string
  /** Every due time up to and including this instant is accounted for. */
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
  /** Kept, unless there is one with its id. */
  readonly receipt?: CommandReceipt
}

export interface JobChange {
  readonly job: string
  /** The new cursor, which never moves backwards; `null` leaves it where it is. */
  readonly cursor: EpochMs | null
  readonly unrun: readonly NewUnrunRange[]
  readonly claims: readonly NewRun[]
  /** Running runs whose owners are asked to abort them. */
  readonly cancel: readonly RunId[]
}

/** A run that is now ours. */
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
  /** Takes the place of what the ledger has, also when it is `null`: a new attempt has come nowhere yet. */
  readonly progress: RunProgress | null
}

export interface LeaseRenewal {
  readonly leases: readonly RenewedLease[]
  /** The store's own clock while it answered; `null` when it has none beside the process's. */
  readonly storeTime: EpochMs | null
}

export interface RenewedLease {
  readonly runId: RunId
  /** `lost` when the run has another owner or is settled; `locked` when another transaction holds its row: ask again. */
  readonly outcome: 'kept' | 'lost' | 'locked'
  readonly cancelRequested: boolean
}

export interface SettleInput {
  readonly scheduler: string
  readonly settlements: readonly Settlement[]
  /** How many milliseconds to wait for rows that another transaction holds (default: as long as the unit may). */
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
  readonly before: EpochMs
  readonly keepBucketsAfter: EpochMs
  readonly keepReceiptsAfter: EpochMs
  readonly limit: number
}
