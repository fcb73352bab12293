import type { EpochMs } from './clock.ts'
import type { SchedulerEvents } from './events.ts'
import type { RunId } from './ids.ts'
import type { ControlState, LogEntry } from './ports/control.ts'
import type { LedgerQuery, Page, PageQuery } from './ports/store.ts'
import type { LedgerEntry } from './run/ledger-entry.ts'
import type { ObservedState, SnapshotReading } from './snapshot/snapshot.ts'

/** Who commands, why, and on which version of the control state the command is based. */
export interface CommandOptions {
  /** Default `host`. */
  readonly by?: string
  readonly why?: string
  /** Refuse with `CONTROL_CONFLICT` when the control state has moved on. */
  readonly expectedVersion?: number
}

export interface PauseOptions extends CommandOptions {
  /** When the pause ends by itself (default never). */
  readonly until?: EpochMs
}

/** What a command produced. */
export interface CommandResult {
  readonly state: ObservedState
  /** False when it was so already. */
  readonly changed: boolean
  readonly control: ControlState
}

export interface SnapshotOptions {
  /** A snapshot that is no older will do (default 1,000); 0 takes a new one. */
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

  /** Registers the jobs and begins to do what is desired (running, unless somebody asked otherwise). Idempotent. */
  open(): Promise<void>
  /**
   * Drains: starts nothing more, waits up to `graceMs` (default 10,000) for running work, aborts what is left and
   * settles it as cancelled. After it resolves nothing is written. Idempotent; resolves within `graceMs` + 500 ms.
   */
  close(options?: { readonly graceMs?: number }): Promise<void>

  start(options?: CommandOptions): Promise<CommandResult>
  stop(options?: CommandOptions): Promise<CommandResult>
  pause(options?: PauseOptions): Promise<CommandResult>
  resume(options?: CommandOptions): Promise<CommandResult>
  pauseJob(job: string, options?: PauseOptions): Promise<CommandResult>
  resumeJob(job: string, options?: CommandOptions): Promise<CommandResult>
  /** Runs a job now, beside its schedule; answers when the run is claimed, not when it is over. */
  runJob(job: string, options?: CommandOptions): Promise<{ readonly runId: RunId }>
  /** Asks a run's owner to abort it; it is then settled as `cancelled`. */
  cancelRun(runId: RunId, options?: CommandOptions): Promise<void>

  /** The present snapshot. While the store cannot be reached: the last one, marked stale. */
  snapshot(options?: SnapshotOptions): Promise<SnapshotReading>
  listEntries(query?: Partial<Omit<LedgerQuery, 'scheduler'>>): Promise<Page<LedgerEntry>>
  listLog(query?: Partial<Omit<PageQuery, 'scheduler'>>): Promise<Page<LogEntry>>

  /** Calls `listener` at every event of this name; answers how to stop that. */
  on<E extends keyof SchedulerEvents>(event: E, listener: (event: SchedulerEvents[E]) => void): () => void
  /** Resolves when no run of this instance is under way and nothing waits to be written. */
  whenIdle(): Promise<void>
}
