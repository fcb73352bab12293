import type { Clock, EpochMs, Timer } from '../../clock.ts'
import type { SchedulerError } from '../../errors.ts'
import type { ProviderCall } from '../../job/run-context.ts'
import type { RunObserver, RunOutcome } from '../../ports/around-run.ts'
import type { ClaimedRun } from '../../ports/job-changes.ts'
import type { RunLease } from '../../ports/leases.ts'
import type { RunRelease } from '../../ports/releases.ts'
import type { ItemCounts, Run, RunProgress, Settlement } from '../../run/ledger-entry.ts'
import type { PastAttempt } from '../../run/past-attempt.ts'
import type { SettledRunState } from '../../run/states.ts'
import type { StoredError } from '../../run/stored-error.ts'
import type { ProviderNames } from '../../state/provider-names.ts'

/**
 * How a run ended here. `released`: a shutdown leaves it open without an owner. `lost`: another owner has the run, so this
 * instance records no outcome.
 */
export type Ending =
  | {
      readonly kind: 'settled'
      readonly state: SettledRunState
      readonly error: StoredError | null
      /** What was thrown, as it is; `null` for a run that succeeded. */
      readonly thrown: unknown
    }
  | { readonly kind: 'released' }
  | { readonly kind: 'lost' }

/** One claimed run while it is under way here: what its handler reported, and its one ending. */
export interface RunExecution {
  readonly claim: Pick<
    ClaimedRun,
    | 'id'
    | 'job'
    | 'fence'
    | 'attempt'
    | 'trigger'
    | 'scheduledFor'
    | 'startedAt'
    | 'leaseUntil'
    | 'latenessMs'
    | 'input'
  > &
    Partial<Pick<Run, 'queueWaitMs' | 'calls' | 'spentMs' | 'error' | 'pastAttempts'>>
  /** Whoever watches the run. */
  readonly observer: RunObserver
  /** The current attempt, from 1; between two attempts the last one. */
  readonly attempt: number
  /** When the current attempt began. */
  readonly attemptStartedAt: EpochMs
  /** The attempts before it; between two attempts also the last one. */
  pastAttempts: readonly PastAttempt[]
  /** The timer that ends the run when all its attempts together take too long. */
  timeout: Timer | null
  /** How long the run has taken so far, without the time in which it was held or had no owner. */
  readonly spentMs: number
  /** The error of the last attempt that failed, here or on an instance before; `null` before one has. */
  readonly lastError: StoredError | null
  /** When the next attempt may begin; `null` while an attempt goes on. */
  readonly nextAttemptAt: EpochMs | null
  /** Whether the handler has not returned yet, also after its attempt was timed out; true while its input is read. */
  isHandlerActive: boolean
  /** Whether the handler was called and has not returned yet. */
  isHandlerRunning: boolean
  /** What to do when the handler returns; `null` unless it is abandoned. */
  onReturn: (() => void) | null
  /** Whether the store is being told that the next attempt begins. */
  isBeginning: boolean
  /** Called with the outcome once it is recorded, or with `null` when it belongs to another owner. */
  readonly resolve: (outcome: RunOutcome | Promise<RunOutcome>) => void
  /**
   * Until when, on the monotonic clock, the run certainly belongs to this instance. After that, nothing may begin for
   * it.
   */
  trustedUntil: number
  /**
   * The settlement that `ctx.complete` writes in the handler's own transaction, whether or not that has committed yet.
   */
  completion: Settlement | null
  /** Whether the completion was written and may be committed by now. Its transaction holds the run's row until then. */
  isCompleting: boolean
  readonly isOver: boolean
  /** Of the current attempt: aborts when it is timed out, and with the run. */
  readonly signal: AbortSignal
  /** Of the present wait for the next attempt: aborts when the run ends. */
  readonly whileWaiting: AbortSignal
  /** The last progress that the handler reported in this attempt. */
  readonly progress: RunProgress | null
  /** Ends the run, unless it has ended already. With a reason, the handler's signal aborts. */
  end(ending: Ending, reason?: SchedulerError): void
  /** Ends the attempt, not the run: the next one may begin at `nextAttemptAt`. With a reason, its signal aborts. */
  endAttempt(error: StoredError, wait: { readonly nextAttemptAt: EpochMs; readonly reason?: SchedulerError }): void
  /** Notes why the present attempt comes to no end here. */
  interruptAttempt(error: StoredError): void
  /** Begins a new attempt: forgets the items and the progress of the last one, and keeps its provider calls. */
  beginAttempt(): void
  /** Reduces the texts of its errors to printable ASCII, since the store can never take them as they are. */
  reduceTexts(): void
  /** Stops counting the time of the run until the answered function is called. */
  hold(): () => void
  /** What the store is to know of the run while it goes on. */
  lease(): RunLease
  /** What the store is to know of the run when it is released. */
  release(): RunRelease
  /** Throws the reason when the attempt or the run has been ended. */
  assertUnderWay(): void
  report(items: Partial<ItemCounts>): void
  recordCall(call: ProviderCall): void
  setProgress(done: number, total: number): void
  /** The settlement that records this state at this moment. */
  settlement(
    outcome: { readonly state: SettledRunState; readonly error: StoredError | null },
    settledAt: EpochMs,
  ): Settlement
}

/** A claimed run at its beginning here. */
export interface BegunRun extends Pick<RunExecution, 'claim' | 'observer' | 'resolve'> {
  /** On the monotonic clock. */
  readonly beganAt: number
  readonly trustedUntil: number
}

/** What the runs of an instance have in common. */
export interface SharedByExecutions {
  readonly providerNames: ProviderNames
  readonly clock: Clock
  /** Called once for each run, with its first ending. */
  readonly onEnded: (execution: RunExecution, ending: Ending) => void
}
