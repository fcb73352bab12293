import type { EpochMs } from '../clock.ts'
import type { SchedulerError } from '../errors.ts'
import type { InstanceId, ReceiptId, RunId } from '../ids.ts'
import type { CallTally, RunTally } from '../run/counters.ts'
import type { LedgerEntry, NewRun, NewUnrunRange, Run, RunProgress, Settlement } from '../run/ledger-entry.ts'
import type { LedgerState } from '../run/states.ts'
import type { Command, ControlState, LogEntry } from './control.ts'
import type { Receipt } from './receipt.ts'

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
   * lease: whether it was kept, and whether somebody asked for the run to be cancelled. Where the store has a clock of
   * its own, its reading comes with the answer: the one moment at which a store is asked for the time.
   */
  renew(session: S, input: RenewInput): Promise<Renewal>

  /**
   * Settles runs and adds them to every aggregate, once: a settlement that is repeated word for word answers
   * `already_settled`, one with an older fence or for a run that is settled otherwise answers `fenced`, and
   * neither changes anything. Answers come in the order of the settlements.
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
  readMeasures(session: S, input: ReadMeasuresInput): Promise<Measures>

  /** A page of the ledger, latest first; with `id`, that one entry. */
  listEntries(session: S, query: LedgerQuery): Promise<Page<LedgerEntry>>

  /** A page of the control log, latest first. */
  listLog(session: S, query: PageQuery): Promise<Page<LogEntry>>

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
  /** Asks for the receipt of a command too, which nobody else can write before the unit ends. Only with `forCommand`. */
  readonly receipt?: ReceiptId
}

export interface LockedJobs {
  readonly control: ControlState
  readonly jobs: readonly JobLedger[]
  /** The receipt that was asked for; `null` when there is none. */
  readonly receipt: Receipt | null
  /** The jobs that were passed over, since what the store holds of them cannot be (default none). */
  readonly unreadable?: readonly UnreadableJob[]
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
  readonly receipt?: Receipt
}

export interface JobChange {
  readonly job: string
  /** The new cursor; it never moves backwards. */
  readonly cursor: EpochMs
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
  readonly leases: readonly Lease[]
  readonly leaseUntil: EpochMs
  readonly now: EpochMs
}

export interface Lease {
  readonly runId: RunId
  readonly fence: number
  readonly attempt: number
  /** Takes the place of what the ledger has, also when it is `null`: a new attempt has come nowhere yet. */
  readonly progress: RunProgress | null
}

export interface Renewal {
  readonly leases: readonly RenewedLease[]
  /** The store's own clock while it answered; `null` when it has none beside the process's. */
  readonly storeTime: EpochMs | null
}

export interface RenewedLease {
  readonly runId: RunId
  readonly kept: boolean
  readonly cancelRequested: boolean
}

export interface SettleInput {
  readonly scheduler: string
  readonly settlements: readonly Settlement[]
}

export type SettleResult = 'settled' | 'already_settled' | 'fenced'

export interface LockExpiredInput {
  readonly scheduler: string
  readonly now: EpochMs
  readonly limit: number
}

export interface ApplyCommandInput {
  readonly scheduler: string
  readonly command: Command
  readonly now: EpochMs
}

export interface ReadMeasuresInput {
  readonly scheduler: string
  readonly asOf: EpochMs
  /** Widths of the windows that end at `asOf`, by name. */
  readonly windowsMs: Readonly<Record<string, number>>
  /** Stretches of time that follow one another, measured beside the windows (default none). */
  readonly series?: SeriesQuery
}

/** The stretches `(after, after + stepMs]`, `(after + stepMs, after + 2 * stepMs]` and so on. */
export interface SeriesQuery {
  /** Of runs, by job, or of calls, by provider. */
  readonly of: 'run' | 'call'
  /** The one job or provider (default: the sum over all, also of those that are no longer defined). */
  readonly name?: string
  /** On a whole minute. */
  readonly after: EpochMs
  /** Whole minutes, so that the kept aggregates alone tell every stretch. */
  readonly stepMs: number
  readonly points: number
}

export interface Measures {
  /** When lifetime counting began. */
  readonly since: EpochMs
  readonly control: ControlState
  readonly jobs: readonly JobMeasures[]
  readonly providers: readonly ProviderMeasures[]
  /** Whoever has renewed leases and was not pruned since, in the order of their ids. */
  readonly instances: readonly InstanceMeasures[]
  /** One for each stretch that the query asked for; empty when it asked for none. */
  readonly series: Series
}

/** Tallies of runs or of calls, by what was asked for. */
export type Series =
  | { readonly of: 'run'; readonly tallies: readonly RunTally[] }
  | { readonly of: 'call'; readonly tallies: readonly CallTally[] }

/** A process that works for the scheduler, as its heartbeats tell. */
export interface InstanceMeasures {
  readonly instance: InstanceId
  /** Its first heartbeat. */
  readonly firstSeenAt: EpochMs
  readonly lastSeenAt: EpochMs
  /** Running runs that it owns. */
  readonly running: number
}

export interface JobMeasures {
  readonly job: string
  /** Where its cursor began when the job was first registered: due times after this instant are accounted for. */
  readonly since: EpochMs
  readonly cursor: EpochMs
  readonly running: number
  readonly lifetime: RunTally
  readonly windows: Readonly<Record<string, RunTally>>
  readonly lastRunAt: EpochMs | null
  readonly lastSuccessAt: EpochMs | null
  readonly lastFailureAt: EpochMs | null
  /** Length of the failing suffix of its settled runs. */
  readonly consecutiveFailures: number
}

export interface ProviderMeasures {
  readonly provider: string
  readonly lifetime: CallTally
  readonly windows: Readonly<Record<string, CallTally>>
  readonly lastSuccessAt: EpochMs | null
}

export interface PageQuery {
  readonly scheduler: string
  /** At most this many, from 1. */
  readonly limit: number
  /** The `nextCursor` of the page before; its text is the store's own business. */
  readonly cursor?: string
}

export interface LedgerQuery extends PageQuery {
  readonly id?: RunId
  readonly job?: string
  readonly states?: readonly LedgerState[]
  /** Due times in `[from, to)`; manual runs have none and are left out when either is given. */
  readonly from?: EpochMs
  readonly to?: EpochMs
}

export interface Page<T> {
  readonly items: readonly T[]
  /** Give it back to read on; `null` at the end. */
  readonly nextCursor: string | null
  /** Why rows of this page are left out: one `STORE_CORRUPT` for each that cannot be read (default none). */
  readonly unreadable?: readonly SchedulerError<'STORE_CORRUPT'>[]
}

export interface PruneInput {
  readonly scheduler: string
  readonly before: EpochMs
  readonly keepBucketsAfter: EpochMs
  readonly keepReceiptsAfter: EpochMs
  readonly limit: number
}
